/** What the server answered to a word, in words. */
import { ApiError } from "../api/index";
import { isObject } from "../parse";
import { list } from "../text";
import { tw } from "../text/follow";

const FIELDS = {
  kind: "what",
  owner: "owner",
  due: "due",
  note: "note",
  draft: "draft",
  outcome: "outcome",
  result: "result",
} as const;

function fieldWords(member: string): string {
  return member in FIELDS ? tw(FIELDS[member as keyof typeof FIELDS]) : member;
}

export function isNewer(error: unknown): boolean {
  return error instanceof ApiError && error.code === "newer";
}

export function troubleWords(error: unknown): string {
  if (!(error instanceof ApiError)) return tw("failed");
  const body = isObject(error.body) ? error.body : {};
  const members = Array.isArray(body.members) ? body.members.filter((one) => typeof one === "string") : [];
  if (error.code === "newer") return tw("newer", { what: list(members.map(fieldWords)) });
  const codes = error.problem?.errors.map(({ code }) => code) ?? [];
  if (codes.includes("host-name")) return tw("not_sent_name");
  if (codes.includes("words")) return tw("not_sent_words");
  if (codes.includes("restricted")) return tw("draft_restricted");
  return tw(error.status === 422 ? "invalid" : "failed");
}
