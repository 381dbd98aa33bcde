import check from "lucide-static/icons/circle-check.svg?raw";
import { ownOps, records, unsentCount } from "../store/state";
import { dateTime, t, timeNear } from "../text";
import { Banner, Empty, LinkButton, Page, Section } from "../ui";
import { HOME, LOG, STATUS } from "../ui/routes";
import { shifts } from "./state";

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
  const returned = [...records.value.reviews.values()].filter(
    (one) => one.target === id && one.verdict === "return",
  );
  return (
    <Page title={t("shift.ended.title")} back={HOME}>
      {unsent === 0 ? (
        <Banner tone="calm" icon={check}>
          {t("shift.ended.allSent")}
        </Banner>
      ) : (
        <Banner tone="note" action={<LinkButton href={STATUS}>{t("status.title")}</LinkButton>}>
          {t("shift.ended.unsent", { n: unsent })}
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
      {shift.summary ? (
        <Section title={t("shift.summary")}>
          <p class="said card">{shift.summary}</p>
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
