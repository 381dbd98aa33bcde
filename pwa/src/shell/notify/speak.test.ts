import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { me, settings } from "../../store/state";
import { alva, bo, setStage } from "../testing/cast";
import { speak } from "./speak";

const asked: string[] = [];
let isOffline = false;

beforeEach(() => {
  setStage();
  asked.length = 0;
  isOffline = false;
  vi.stubGlobal("fetch", async (url: string, { method, body }: RequestInit) => {
    if (isOffline) throw new TypeError("no network");
    asked.push(`${method} ${url} ${String(body)}`);
    return new Response(null, { status: 204 });
  });
});
afterEach(() => vi.unstubAllGlobals());

const said = (language: string) => `PUT /api/v1/notices/language {"language":"${language}"}`;

it("says the language once for each person, and again when it changes", async () => {
  await speak();
  await speak();
  settings.value = { ...settings.value, language: "en" };
  await speak();
  me.value = bo;
  await speak();
  expect(asked).toEqual([said("sv"), said("en"), said("en")]);
});

it("says it later when it could not be said", async () => {
  me.value = { ...alva, id: "u-other" };
  isOffline = true;
  await speak();
  isOffline = false;
  await speak();
  expect(asked).toEqual([said("sv")]);
});

it("says nothing for nobody", async () => {
  me.value = null;
  await speak();
  expect(asked).toEqual([]);
});
