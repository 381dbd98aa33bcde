import list from "lucide-static/icons/list.svg?raw";
import { current } from "../../shift/state";
import { unsentPhotos } from "../../store/photos";
import { unsentCount } from "../../store/state";
import { syncState } from "../../sync";
import { date, t } from "../../text";
import { eveningOf } from "../../text/clock";
import { Empty, Page } from "../../ui";
import { nothingUnsentWords } from "../Frame";
import { LogList } from "./LogList";
import { logEntries } from "./state";

/** Noon of the evening's date: any hour of it shows the same day. */
const noon = (day: string) => `${day}T12:00:00Z`;

/** Everything said tonight, newest first, each with how far it has come. */
export function LogScreen() {
  const shift = current.value;
  const n = unsentCount.value;
  const photos = unsentPhotos.value;
  const entries = logEntries.value;
  return (
    <Page title={t("nav.log")}>
      <p class="quiet-words">
        {shift ? t("log.shift", { date: date(noon(eveningOf(shift.startedAt))) }) : t("log.day")}
        {" · "}
        {n + photos === 0 ? nothingUnsentWords() : ""}
        {n > 0 ? t("frame.unsent", { n }) : ""}
        {n > 0 && photos > 0 ? " · " : ""}
        {photos > 0 ? t("frame.photos", { n: photos }) : ""}
      </p>
      {entries.length === 0 ? (
        <Empty icon={list} title={t("log.empty")}>
          <p>{syncState.value.online ? t("log.empty.about") : t("log.empty.offline")}</p>
        </Empty>
      ) : (
        <LogList entries={entries} />
      )}
    </Page>
  );
}
