import check from "lucide-static/icons/circle-check.svg?raw";
import { HiddenNote } from "../guard/HiddenNote";
import { photos } from "../store/photos";
import { ownOps, records, unsentCount } from "../store/state";
import { dateTime, t, timeNear } from "../text";
import { Banner, Empty, LinkButton, Page, Section } from "../ui";
import { HOME, LOG, STATUS } from "../ui/routes";
import { shifts } from "./state";

/** Of the shift's own records, those that the server does not have whole. */
function photosUnsent(shift: string): number {
  const named = ownOps.value.flatMap((op) => {
    if (op.shift !== shift) return [];
    if (op.type === "observation.create") return op.data.attachments;
    if (op.type === "observation.amend") return op.data.observation.attachments;
    return op.type === "photo.attach" ? [op.data] : [];
  });
  const hashes = new Set(named.map(({ sha256 }) => sha256));
  return [...photos.value.values()].filter((one) => one.state === "waiting" && hashes.has(one.sha256)).length;
}

/** After the end: what it came to, and what has yet to be sent. */
export function EndedScreen({ id }: { id: string }) {
  const shift = shifts.value.find((one) => one.id === id);
  if (!shift)
    return (
      <Page title={t("shift.ended.title")} back={HOME}>
        <Empty title={t("shift.unknown")} />
      </Page>
    );
  const unsent = ownOps.value.filter((op) => op.shift === id && op.sync.state !== "acked").length;
  const unsentPhotos = photosUnsent(id);
  const handover = ownOps.value.flatMap((op) =>
    op.type === "shift.end" && op.shift === id ? (op.data.handover ?? []) : [],
  )[0];
  const returned = [...records.value.reviews.values()].filter(
    (one) => one.target === id && one.verdict === "return",
  );
  return (
    <Page title={t("shift.ended.title")} back={HOME}>
      {unsent + unsentPhotos === 0 ? (
        <Banner tone="calm" icon={check}>
          {t("shift.ended.allSent")}
        </Banner>
      ) : (
        <Banner tone="note" action={<LinkButton href={STATUS}>{t("status.title")}</LinkButton>}>
          {unsent > 0 ? t("shift.ended.unsent", { n: unsent }) : ""}
          {unsent > 0 && unsentPhotos > 0 ? " " : ""}
          {unsentPhotos > 0 ? t("shift.ended.photos", { n: unsentPhotos }) : ""}
        </Banner>
      )}
      {returned.map((one) => (
        <Banner key={one.id} tone="note">
          {t("shift.returned", { note: one.note ?? "" })}
        </Banner>
      ))}
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
      {unsent < unsentCount.value ? <p class="quiet-words">{t("shift.ended.others")}</p> : null}
      <div class="row equal">
        <LinkButton href={LOG}>{t("nav.log")}</LinkButton>
        <LinkButton tone="main" href={HOME}>
          {t("ui.done")}
        </LinkButton>
      </div>
    </Page>
  );
}
