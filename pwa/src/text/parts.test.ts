import { expect, it } from "vitest";
import { en as adminEn } from "./admin.en";
import { sv as adminSv } from "./admin.sv";
import { en as categoryEn } from "./category.en";
import { sv as categorySv } from "./category.sv";
import { en as endedEn } from "./ended.en";
import { sv as endedSv } from "./ended.sv";
import type { Message } from "./engine";
import { en as ladderEn } from "./ladder.en";
import { sv as ladderSv } from "./ladder.sv";
import { en as placesEn } from "./places.en";
import { sv as placesSv } from "./places.sv";
import { en as planEn } from "./plan.en";
import { sv as planSv } from "./plan.sv";

const PARTS: readonly [string, Record<string, Message>, Record<string, Message>][] = [
  ["admin", adminSv, adminEn],
  ["plan", planSv, planEn],
  ["category", categorySv, categoryEn],
  ["ladder", ladderSv, ladderEn],
  ["places", placesSv, placesEn],
  ["ended", endedSv, endedEn],
];
const said = (message: Message | undefined) =>
  message === undefined ? "" : typeof message === "string" ? message : `${message.one} ${message.other}`;
const params = (message: Message | undefined) => [...new Set(said(message).match(/\{\w+\}/g))].sort();

it.each(PARTS)("%s says the same in both languages", (_, sv, en) => {
  for (const key of Object.keys(sv)) {
    expect([key, params(en[key])]).toEqual([key, params(sv[key])]);
    expect([key, /[åäöÅÄÖ]/.test(said(en[key]))]).toEqual([key, false]);
  }
});
