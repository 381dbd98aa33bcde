/** The kit that every screen is drawn with. */
export { Banner } from "./Banner.tsx";
export { Button, LinkButton, SubmitButton } from "./Button.tsx";
export { Card } from "./Card.tsx";
export { type Choice, Chips, ManyChips } from "./Chips.tsx";
export { Field, Select, TextArea, TextField } from "./Field.tsx";
export { Icon } from "./Icon.tsx";
export { Page } from "./Page.tsx";
export { go, type Route, route } from "./router.ts";
export { Section } from "./Section.tsx";
export { Sheet } from "./Sheet.tsx";
export { type SendState, StateWord } from "./StateWord.tsx";
export { Empty, ErrorView, Loading } from "./States.tsx";
export { Tabs } from "./Tabs.tsx";
