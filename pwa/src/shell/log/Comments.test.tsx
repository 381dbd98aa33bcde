import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setStage } from "../testing/cast";
import { add, emptyOutbox } from "../testing/outbox";
import { tap, type } from "../testing/play";
import { Comments } from "./Comments";

vi.mock("../../outbox", () => import("../testing/outbox"));

beforeEach(() => {
  setStage();
  emptyOutbox();
});
afterEach(cleanup);

const field = () => screen.getByLabelText<HTMLTextAreaElement>("Ny kommentar");

it("leaves what is typed while a comment is being saved", async () => {
  let go = () => {};
  const slow = new Promise<void>((resolve) => {
    go = resolve;
  });
  add.mockImplementationOnce(async () => {
    await slow;
    return null as never;
  });
  render(<Comments target="o-1" />);
  type("Ny kommentar", "Lagat");
  await tap("Spara kommentar");
  type("Ny kommentar", "Lagat, men slocknat igen");
  go();
  await waitFor(() => expect(screen.getByRole("button").getAttribute("aria-busy")).toBeNull());
  expect(field().value).toBe("Lagat, men slocknat igen");
  await tap("Spara kommentar");
  await waitFor(() => expect(field().value).toBe(""));
  expect(add.mock.calls.map(([{ id, data }]) => [id, "text" in data && data.text])).toEqual([
    ["id-1", "Lagat"],
    ["id-2", "Lagat, men slocknat igen"],
  ]);
});
