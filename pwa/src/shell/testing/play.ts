/** Acting on a screen as a host does, and counting the taps. */
import { fireEvent, screen, waitFor } from "@testing-library/preact";
import { go } from "../../ui";

let taps = 0;

export function resetTaps(): void {
  taps = 0;
}

export const tapsMade = () => taps;

type Role = "button" | "link" | "radio" | "checkbox";

export async function tap(name: string | RegExp, role: Role = "button"): Promise<void> {
  const [target] = await screen.findAllByRole(role, { name });
  if (!target) throw new Error(`no ${role} named ${String(name)}`);
  taps += 1;
  // happy-dom does not follow links within the page.
  if (target instanceof HTMLAnchorElement) go(target.getAttribute("href") ?? "");
  else fireEvent.click(target);
}

export function type(label: string | RegExp, words: string): void {
  fireEvent.input(screen.getByLabelText(label), { target: { value: words } });
}

export const seen = (words: string | RegExp) => waitFor(() => screen.getByText(words));
