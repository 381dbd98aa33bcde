import check from "lucide-static/icons/circle-check.svg?raw";
import { HiddenNote } from "../guard/HiddenNote";
import { photos } from "../store/photos";
import { ownOps, records, unsentCount } from "../store/state";
import { dateTime, t, timeNear } from "../text";
import { te } from "../text/ended";
import { tg } from "../text/guard";
import { Banner, Empty, LinkButton, Page, Section } from "../ui";
import { HOME, LOG, STATUS } from "../ui/routes";
import { returned } from "./returned";
import { shifts } from "./state";

interface Counted {
  all: number;
  here: number;
}

/** What this phone wrote in the shift, and what of it the server has answered for; its photos likewise, by content. */
function received(shift: string): { records: Counted; photos: Counted } {
  const own = ownOps.value.filter((op) => op.shift === shift);
  const named = own.flatMap((op) => {
    if (op.type === "observation.create") return op.data.attachments;
    if (op.type === "observation.amend") return op.data.observation.attachments;
    return op.type === "photo.attach" ? [op.data] : [];
  });
  const hashes = [...new Set(named.map(({ sha256 }) => sha256))];
  const waiting = hashes.filter((sha256) => photos.value.get(sha256)?.state === "waiting").length;
  return {
    records: { all: own.length, here: own.filter(({ sync }) => sync.state === "acked").length },
    photos: { all: hashes.length, here: hashes.length - waiting },
  };
}

/** "41 av 41 poster mottagna av servern, 3 av 3 foton." */
function countWords(told: ReturnType<typeof received>): string {
  const records = te("records", { n: told.records.all, here: told.records.here });
  if (told.photos.all === 0) return `${records}.`;
  return `${records}, ${te("photos", { n: told.photos.all, here: told.photos.here })}.`;
}

/** The end's reckoning: all is there, or how much is not and how it will leave. */
function Reckoning({ shift }: { shift: string }) {
  const told = received(shift);
  const unsent = told.records.all - told.records.here;
  const unsentPhotos = told.photos.all - told.photos.here;
  const counted = told.records.all > 0 ? <p class="ended-count">{countWords(told)}</p> : null;
  if (unsent + unsentPhotos === 0)
    return (
      <Banner tone="calm" icon={check}>
        <p>{te("allSent")}</p>
        {counted}
      </Banner>
    );
  return (
    <Banner tone="note" action={<LinkButton href={STATUS}>{t("status.title")}</LinkButton>}>
      {unsent > 0 ? <p>{te("unsent", { n: unsent })}</p> : null}
      {unsentPhotos > 0 ? <p>{te("unsent_photos", { n: unsentPhotos })}</p> : null}
      {counted}
    </Banner>
  );
}

/** Of this phone, whoever wrote it. */
function Others({ shift }: { shift: string }) {
  const { all, here } = received(shift).records;
  return all - here < unsentCount.value ? <p class="quiet-words">{te("others")}</p> : null;
}

/** After the end: what it came to, and what has yet to be sent. */
export function EndedScreen({ id }: { id: string }) {
  const shift = shifts.value.find((one) => one.id === id);
  if (!shift)
    return (
      <Page title={te("title")} back={HOME}>
        <Empty title={t("shift.unknown")} />
      </Page>
    );
  const handover = ownOps.value.flatMap((op) =>
    op.type === "shift.end" && op.shift === id ? (op.data.handover ?? []) : [],
  )[0];
  const back = returned(records.value.reviews.values()).find(({ target }) => target === id);
  return (
    <Page title={te("title")} back={HOME}>
      <Reckoning shift={id} />
      {back ? (
        <Banner tone="note">
          {te("returned", { note: back.hidden ? tg("hidden") : (back.note ?? "") })}
        </Banner>
      ) : null}
      <p class="quiet-words">
        {dateTime(shift.startedAt)}
        {shift.endedAt === null ? "" : `–${timeNear(shift.endedAt, Date.parse(shift.startedAt))}`}
      </p>
      <HiddenNote id={shift.id} />
      {shift.summary ? (
        <Section title={t("shift.summary")}>
          <p class="said card">{shift.summary}</p>
        </Section>
      ) : null}
      {handover ? (
        <Section title={t("shift.handover")}>
          <p class="said card">{handover}</p>
        </Section>
      ) : null}
      <Others shift={id} />
      <div class="row equal">
        <LinkButton href={LOG}>{t("nav.log")}</LinkButton>
        <LinkButton tone="main" href={HOME}>
          {t("ui.done")}
        </LinkButton>
      </div>
    </Page>
  );
}
