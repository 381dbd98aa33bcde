import { expect, it } from "vitest";
import { freshPhone } from "../outbox/testing";
import { conform } from "./conformance";

it("the databases of these tests do what the app asks of a browser's", async () => {
  await freshPhone();
  expect(Object.entries(await conform()).filter(([, wrong]) => wrong !== "")).toEqual([]);
});
