import { cleanup, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Account } from "./Account";
import { signOut } from "./session";
import { setStage } from "./testing/cast";
import { tap } from "./testing/play";

vi.mock("./session", () => ({ signOut: vi.fn() }));

beforeEach(() => setStage());
afterEach(cleanup);

it("can be asked again to sign out, where the phone could not forget who it is", async () => {
  vi.mocked(signOut).mockRejectedValueOnce(new DOMException("full", "QuotaExceededError"));
  render(<Account />);
  await tap("Logga ut");
  const act = () => within(screen.getByRole("dialog")).getByRole("button", { name: "Logga ut" });
  act().click();
  await waitFor(() => expect(signOut).toHaveBeenCalledTimes(1));
  await waitFor(() => expect(act().getAttribute("aria-busy")).toBeNull());
  vi.mocked(signOut).mockResolvedValue();
  act().click();
  expect(signOut).toHaveBeenCalledTimes(2);
});
