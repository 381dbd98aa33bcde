/** What a maker does on the page of a new disclosure. */
import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { expect } from "vitest";
import type { deskServer } from "../review/desk-server";
import { posted } from "./factory";

export const press = (name: string | RegExp, within_: { getByRole: typeof screen.getByRole } = screen) =>
  fireEvent.click(within_.getByRole("button", { name }));
export const word = (name: string) => screen.findByRole("button", { name });
export const isMasked = async (name: string) => (await word(name)).getAttribute("aria-pressed") === "true";
export const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
export const decision = () => screen.getByLabelText("Beslut") as HTMLTextAreaElement;

export function ready(said = "Ja.") {
  fireEvent.click(screen.getByLabelText("Polisen"));
  type("Beslut", said);
}
export async function confirmed() {
  press("Lämna ut");
  press("Lämna ut", within(await screen.findByRole("dialog")));
}

/** Fills in what is needed, and answers the question. */
export async function handOut(to = "Polisen") {
  await word("Ring");
  if (to) fireEvent.click(screen.getByLabelText(to));
  if (decision().value === "") type("Beslut", "Lämnas ut i sin helhet.");
  await confirmed();
}

/** At the page of what was made last. */
export const arrived = (server: ReturnType<typeof deskServer>) =>
  waitFor(() => expect(location.hash).toBe(`#/utlamnanden/${posted(server).at(-1)?.id}`));
