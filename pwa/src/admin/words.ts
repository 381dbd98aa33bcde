/** How administration says codes, members and times. */
import { known } from "../review/desk-state";
import { dateTime } from "../text";
import { ta } from "../text/admin";
import { tq } from "../text/places";
import type { Edit } from "./answers";

export const ROLES = ["host", "supervisor", "analyst", "archivist", "dataprotection", "admin"] as const;

const ROLE: Readonly<Record<string, () => string>> = {
  host: () => ta("role_host"),
  supervisor: () => ta("role_supervisor"),
  analyst: () => ta("role_analyst"),
  archivist: () => ta("role_archivist"),
  dataprotection: () => ta("role_dataprotection"),
  admin: () => ta("role_admin"),
};

export const roleWord = (role: string): string => ROLE[role]?.() ?? role;

/** What a member is called and how its value is said; a page hands in its own. */
export type MemberWords = Readonly<Record<string, { name: () => string; value?: (said: unknown) => string }>>;

export function valueWord(said: unknown): string {
  if (said === null || said === undefined || said === "") return ta("nothing");
  if (typeof said === "boolean") return ta(said ? "yes" : "no");
  if (typeof said === "object") return Array.isArray(said) ? said.map(valueWord).join(", ") : ta("outline");
  return String(said);
}

export const PERSON_WORDS: MemberWords = {
  username: { name: () => ta("username") },
  name: { name: () => ta("name") },
  role: { name: () => ta("role"), value: (said) => roleWord(String(said)) },
  active: { name: () => ta("member_active") },
  email: { name: () => ta("email") },
  mobile: { name: () => ta("mobile") },
};

export const NUMBER_WORDS: MemberWords = {
  service: { name: () => ta("service") },
  name: { name: () => ta("name") },
  number: { name: () => ta("number") },
  hours: { name: () => ta("hours") },
  note: { name: () => ta("note") },
  checked_on: { name: () => ta("checked") },
  active: { name: () => ta("member_active") },
};

export const PLACE_WORDS: MemberWords = {
  name: { name: () => ta("name") },
  kind: { name: () => tq("kind") },
  area_id: { name: () => tq("area"), value: (said) => areaName(String(said)) },
  lat: { name: () => `${tq("position")} (lat)` },
  lon: { name: () => `${tq("position")} (lon)` },
  note: { name: () => ta("note") },
  active: { name: () => ta("member_active") },
};

export const AREA_WORDS: MemberWords = {
  name: { name: () => ta("name") },
  geometry: { name: () => tq("outline") },
  active: { name: () => ta("member_active") },
};

const areaName = (id: string): string =>
  known.value?.areas.find((one) => one.id === id)?.name ?? ta("unknown");

/** One line for each thing that an edit changed. */
export function editLines(edit: Edit, words: MemberWords): string[] {
  if (edit.type === "user.invite")
    return [ta(edit.changes.some(({ to }) => to === "new") ? "history_invited" : "history_reset")];
  const lines = edit.changes.flatMap(({ member, from, to }) => {
    const known = words[member];
    if (known === undefined) return [];
    const say = known.value ?? valueWord;
    const shown = (said: unknown) => (said === null || said === undefined ? ta("nothing") : say(said));
    if (edit.is_first) return to === null ? [] : [ta("history_set", { member: known.name(), to: shown(to) })];
    return [ta("history_change", { member: known.name(), from: shown(from), to: shown(to) })];
  });
  return edit.is_first ? [ta("history_made"), ...lines] : lines;
}

export const editBy = (edit: Edit): string =>
  ta("history_by", {
    time: dateTime(edit.at),
    name: edit.author === null ? ta("history_server") : edit.author.name || ta("unknown"),
  });
