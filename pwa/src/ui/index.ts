/** The kit that every screen is drawn with. */
export { Banner } from "./Banner";
export { Button, LinkButton, SubmitButton } from "./Button";
export { Card } from "./Card";
export { Chips, type Choice, ManyChips } from "./Chips";
export { Field, Select, TextArea, TextField } from "./Field";
export { FocusAfter } from "./FocusAfter";
export { FormPage, SaveFoot } from "./FormPage";
export { Icon } from "./Icon";
export { LeaveSheet } from "./LeaveSheet";
export { Page } from "./Page";
export { PartFailed } from "./PartFailed";
export { go, goFromHere, type Route, route } from "./router";
export { Section } from "./Section";
export { Sheet } from "./Sheet";
export { Empty, ErrorView, Loading } from "./States";
export { type SendState, StateWord } from "./StateWord";
export { Tabs } from "./Tabs";
export { TimeField } from "./TimeField";
