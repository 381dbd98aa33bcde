/**
 * Every address in the host's app, once. The desk has its own beside these (`review/routes.ts`): a supervisor
 * has both, so no first word is used twice.
 */

export const HOME = "#/falt";
export const LOG = "#/logg";
export const MAP = "#/falt/karta";
export const CALL = "#/ring";
export const ADVICE = "#/rad";
export const ALARM = "#/larm";
export const STATUS = "#/telefonen";
export const SHOW_CODES = `${STATUS}/visa`;
export const READ_CODES = `${STATUS}/las`;
export const NOTICES = `${STATUS}/aviseringar`;
export const OWN_DATA = `${STATUS}/uppgifter`;
export const SETTINGS = "#/falt/installningar";
export const SIGN_IN = "#/logga-in";
export const DESK = "#/";

/** First words that belong to the host's app, whoever reads them. */
export const HOST_WORDS: ReadonlySet<string> = new Set([
  "falt",
  "logg",
  "ring",
  "larm",
  "rad",
  "telefonen",
  "observation",
  "incheckning",
  "logga-in",
]);

export const alarm = (id: string) => `${ALARM}/${id}`;
export const logEntry = (id: string) => `${LOG}/${id}`;
export const call = (id: string) => `${CALL}/${id}`;
export const newCall = (id: string, service: string) =>
  `${CALL}/logga/${id}?tjanst=${encodeURIComponent(service)}`;
export const newAttempt = (id: string, target: string, after?: string) =>
  `${CALL}/forsok/${id}?till=${target}${after ? `&efter=${after}` : ""}`;
/**
 * The speaking card. `to`: whom, 112 without anything said, and about which observation, also one that is just being
 * written. No word of the card is ever in an address.
 */
export function speakingCard(
  id: string,
  to: { service?: string; contact?: string; target?: string; about?: string } = {},
): string {
  const asked = Object.entries({ tjanst: to.service, kontakt: to.contact, till: to.target, om: to.about })
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? "")}`);
  return [`${CALL}/kort/${id}`, ...(asked.length > 0 ? [asked.join("&")] : [])].join("?");
}
export const handoverPage = (id: string) => `${CALL}/overlamning/${id}`;
export const observation = (id: string) => `#/observation/${id}`;
export const correction = (id: string, target: string) => `#/observation/${id}?ratta=${target}`;
export const checkin = (id: string, kind: string) => `#/incheckning/${id}?typ=${kind}`;
/** `plan`: the planned shift that it is. */
export const startShift = (id: string, plan?: string) => `${HOME}/starta/${id}${plan ? `?plan=${plan}` : ""}`;
export const endShift = (id: string) => `${HOME}/avsluta/${id}`;
export const endedShift = (id: string) => `${HOME}/klart/${id}`;
