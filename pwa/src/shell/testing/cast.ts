/** The people, places and words that the screen tests are played with. */
import { readFileSync } from "node:fs";
import { held } from "../../checkin/undo";
import * as state from "../../store/state";
import type { OwnOp, Place, Position, User } from "../../store/types";
import { vocabulary } from "../../store/values";
import { language } from "../../text";
import { now_ms } from "../../ui/now";

export const alva: User = { id: "u-alva", username: "alva", name: "Alva Lind", role: "host" };
export const bo: User = { id: "u-bo", username: "bo", name: "Bo Ek", role: "supervisor" };

/** Friday 20 November 2026, 20:14 in Stockholm. */
export const FRIDAY_2014 = Date.parse("2026-11-20T19:14:00.000Z");

export const words = vocabulary(JSON.parse(readFileSync("../app/place/vocabulary.json", "utf8")));

export function aPlace(id: string, name: string, at: { lat: number; lon: number }): Place {
  return { id, name, kind: "other", area_id: null, note: null, active: true, ...at };
}
export const station = aPlace("p-station", "Stationen", { lat: 56.0521, lon: 14.5753 });
export const library = aPlace("p-library", "Biblioteket", { lat: 56.0561, lon: 14.5753 });

/** About 17 m from the station. */
export const atStation: Position = { lat: 56.0522, lon: 14.5755, accuracy_m: 8, age_ms: 0, source: "gnss" };

export const startOfShift = (over: Partial<OwnOp> = {}): OwnOp => ({
  id: "s-1",
  seq: 1,
  type: "shift.start",
  author: alva.id,
  shift: "s-1",
  hash: "sha256:0",
  wall: "2026-11-20T16:30:00.000Z",
  position: null,
  data: {
    hosts: [alva.id, "u-cim"],
    area_id: null,
    transport: "foot",
    planned_end: null,
    alone_reason: null,
  },
  sync: { state: "pending" },
  ...(over.sync ? { sync: over.sync } : {}),
});

/** A fresh phone, Alva signed in, reference data there, no shift. */
export function setStage({ at_ms = FRIDAY_2014 } = {}): void {
  held.value = null;
  state.me.value = alva;
  state.organisation.value = null;
  state.ownOps.value = [];
  state.heldRows.value = [];
  state.records.value = state.noRecords();
  state.vocabulary.value = words;
  state.places.value = [station, library];
  state.areas.value = [{ id: "a-1", name: "Centrum", geometry: null, active: true }];
  state.contacts.value = [];
  state.people.value = [
    { id: alva.id, name: alva.name, role: "host", active: true },
    { id: "u-cim", name: "Cim Öberg", role: "host", active: true },
  ];
  state.unsentCount.value = 0;
  state.unsentOthers.value = 0;
  state.settings.value = { language: "sv", theme: "system", ownNumber: "", sound: false };
  state.storageHealth.value = state.noHealth();
  language.value = "sv";
  now_ms.value = at_ms;
}
