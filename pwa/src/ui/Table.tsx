/**
 * The parts of a table that narrow screens stack. Some readers of the screen take a part whose `display` the css
 * changes for no part of a table, so each says what it is.
 */
import { type ComponentProps, createElement } from "preact";

type Part = "table" | "thead" | "tbody" | "tr" | "td";

const part =
  <P extends Part>(tag: P, role: "table" | "rowgroup" | "row" | "cell") =>
  (props: ComponentProps<P>) =>
    createElement(tag, { ...props, role });

export const Table = part("table", "table");
export const Thead = part("thead", "rowgroup");
export const Tbody = part("tbody", "rowgroup");
export const Tr = part("tr", "row");
export const Td = part("td", "cell");
export const Th = (props: ComponentProps<"th">) =>
  createElement("th", { ...props, role: props.scope === "col" ? "columnheader" : "rowheader" });
