import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, it, vi } from "vitest";
import { updateReady } from "../device/update";
import { PartFailed } from "./index";

const device = vi.hoisted(() => ({ applyUpdate: vi.fn(), checkForUpdate: vi.fn(async () => undefined) }));
vi.mock("../device/update", async (original) => ({ ...(await original<object>()), ...device }));

const onRetry = vi.fn();
const failed = () => render(<PartFailed onRetry={onRetry}>Gick inte att hämta.</PartFailed>);

afterEach(() => {
  cleanup();
  updateReady.value = false;
  onRetry.mockReset();
});

it("can be tried again, while it is asked whether there is a new version", () => {
  failed();
  expect(device.checkForUpdate).toHaveBeenCalledOnce();
  fireEvent.click(screen.getByRole("button", { name: "Försök igen" }));
  expect(onRetry).toHaveBeenCalledOnce();
  expect(device.applyUpdate).not.toHaveBeenCalled();
});

it("offers the new version as soon as there is one, and tries again where a form holds that back", async () => {
  failed();
  updateReady.value = true;
  const act = await screen.findByRole("button", { name: "Ladda om nu" });
  expect(screen.getByRole("alert").textContent).toContain("Gick inte att hämta. En ny version");
  device.applyUpdate.mockReturnValueOnce(true);
  fireEvent.click(act);
  expect(onRetry).not.toHaveBeenCalled();
  device.applyUpdate.mockReturnValueOnce(false);
  fireEvent.click(act);
  expect(onRetry).toHaveBeenCalledOnce();
});
