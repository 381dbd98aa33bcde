import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { WordsSheet } from "./WordsSheet";

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const field = () => screen.getByLabelText<HTMLTextAreaElement>("Kommentar");
const type = (value: string) => fireEvent.input(field(), { target: { value } });
const save = () => fireEvent.click(screen.getByRole("button", { name: "Spara kommentaren" }));

it("closes no other sheet than its own, and throws away no other words", async () => {
  let go = () => {};
  const slow = new Promise<void>((resolve) => {
    go = resolve;
  });
  const onClose = vi.fn();
  const onSay = vi.fn(() => slow);
  const open = () => render(<WordsSheet what="comment" of="s1" onSay={onSay} onClose={onClose} />);
  open();
  type("Bra gjort");
  save();
  await waitFor(() => expect(onSay).toHaveBeenCalledOnce());
  cleanup();
  open();
  type("Bra gjort. Ring mig i morgon");
  go();
  await slow;
  await new Promise((resolve) => setTimeout(resolve));
  expect(onClose).not.toHaveBeenCalled();
  cleanup();
  open();
  expect(field().value).toBe("Bra gjort. Ring mig i morgon");
});

it("stays open with what is typed while the words before are on their way", async () => {
  let go = () => {};
  const slow = new Promise<void>((resolve) => {
    go = resolve;
  });
  const onSay = vi.fn((_id: string, _words: string) => slow);
  const onClose = vi.fn();
  render(<WordsSheet what="comment" of="s1" onSay={onSay} onClose={onClose} />);
  type("Bra gjort");
  save();
  await waitFor(() => expect(onSay).toHaveBeenCalledOnce());
  type("Bra gjort. Ring mig i morgon");
  go();
  await waitFor(() =>
    expect(screen.getByRole("button", { name: "Spara kommentaren" }).getAttribute("aria-busy")).toBeNull(),
  );
  expect([field().value, onClose.mock.calls.length]).toEqual(["Bra gjort. Ring mig i morgon", 0]);
  save();
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  const [[first], [second, words]] = onSay.mock.calls as [[string, string], [string, string]];
  expect([words, first === second]).toEqual(["Bra gjort. Ring mig i morgon", false]);
});
