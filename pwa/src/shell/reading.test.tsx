import { render, screen } from "@testing-library/preact";
import { beforeEach, expect, it } from "vitest";
import { alva, freshPhone } from "../outbox/testing";
import { isReading, me } from "../store/state";
import { Frame } from "./Frame";
import { HomeScreen } from "./HomeScreen";

beforeEach(async () => {
  await freshPhone();
  me.value = alva;
});

it("says nothing of a shift or of what is sent before it has read the phone, and takes an observation", () => {
  isReading.value = true;
  render(
    <>
      <Frame />
      <HomeScreen />
    </>,
  );
  expect(screen.getByText("Läser det som ligger i telefonen. Du kan skriva redan nu.")).not.toBeNull();
  expect(screen.getAllByText("Läser in…")).toHaveLength(2);
  expect(screen.queryByText("Allt skickat")).toBeNull();
  expect(screen.queryByRole("button", { name: "Starta pass" })).toBeNull();
  expect(screen.getByRole("button", { name: "Observation" })).not.toBeNull();
  isReading.value = false;
});
