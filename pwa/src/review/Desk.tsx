import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { keepDeskFiles } from "../device/desk-kept";
import { BeginPage } from "../followup/BeginPage";
import { followCounts, overdue } from "../followup/counts";
import { Followups } from "../followup/Followups";
import { MissingPage } from "../followup/MissingPage";
import { WorkPage } from "../followup/WorkPage";
import { areDraftsRead } from "../outbox/drafts";
import { t } from "../text";
import { tw } from "../text/follow";
import { tr } from "../text/review";
import { Loading, route } from "../ui";
import { AlarmBar } from "./AlarmBar";
import { followAlarms } from "./alarm-state";
import { DeskSettings } from "./DeskSettings";
import { startLive } from "./desk-state";
import { Lazy } from "./Lazy";
import { LiveWord } from "./LiveWord";
import { ReferenceWord } from "./ReferenceWord";
import { FIND, FOLLOW, MISSING, SETTINGS, TONIGHT, WAITING } from "./routes";
import { ShiftPage } from "./ShiftPage";
import { Shifts } from "./Shifts";
import { Tonight } from "./Tonight";
import { isOverseer, pages, readsRetention, readsWaiting } from "./who";
import "./review.css";
import "./alarm.css";
import "./print.css";

/** In words for those who do not see it: a number alone says nothing. */
function OverdueBadge() {
  const n = overdue.value;
  if (!n) return null;
  return (
    <span class="tab-badge">
      <span aria-hidden="true">{n}</span>
      <span class="sr-only"> {tw("overdue_n", { n })}</span>
    </span>
  );
}

function Navigation({ current }: { current: string }) {
  const list = useRef<HTMLUListElement>(null);
  // On a phone the line is longer than the screen.
  useEffect(() => {
    const here = list.current?.querySelector("[aria-current]");
    here?.scrollIntoView?.({ inline: "center", block: "nearest" });
  }, [current]);
  return (
    <nav aria-label={tr("nav")}>
      <ul ref={list}>
        {pages.value.map(([href, key]) => (
          <li key={href}>
            <a href={href} aria-current={href === current ? "page" : undefined}>
              <span>
                {key === "follow" ? tw("title") : tr(key)}
                {key === "follow" ? <OverdueBadge /> : null}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The map's chunk is large: fetched when its tab is opened. */
const loadPlanning = () => import("../plan/Planning");
const loadMap = () => import("./TonightMap");
const loadFind = () => import("../find/FindPage");
const loadWeek = () => import("../situation/WeekPage");
const loadDisclosures = () => import("../disclosure/Disclosures");
const loadWaiting = () => import("./WaitingPage");
const loadFocus = () => import("../briefing/Planning");

/** Pages under the settings, each fetched when it is opened. */
const ADMIN: Readonly<Record<string, () => Promise<{ default: ComponentType }>>> = {
  personer: () => import("../admin/People"),
  nummer: () => import("../admin/Numbers"),
  kategorier: () => import("../admin/Categories"),
  larmkedja: () => import("../admin/Ladders"),
  platser: () => import("../admin/Places"),
  gallring: () => import("../retention/RetentionPage"),
};

const isFor = (page: string) => (page === "gallring" ? readsRetention.value : isOverseer.value);

interface Props {
  /** Who is signed in and how to sign out; drawn under settings. */
  account?: ComponentChildren;
  /** That there is a new version; drawn over every page. */
  news?: ComponentChildren;
}

/**
 * Pages with forms that are kept: before what was begun has been read, one would begin empty, and write over it. The
 * evening and its alarms wait for nothing.
 */
const WITH_FORMS = new Set(["uppfoljning", "saknas", "vecka", "fokus", "utlamnanden"]);

/** The page that is asked for, or the one that its reader begins with. */
function View({ at, account }: Pick<Props, "account"> & { at: string }) {
  const [, id, third] = route.value.path;
  const first = at.replace("#/", "");
  if (WITH_FORMS.has(first) && !areDraftsRead.value) return <Loading what={t("frame.reading")} />;
  if (first === "uppfoljning" && id === "ny" && third) return <BeginPage key={third} id={third} />;
  if (first === "uppfoljning") return id ? <WorkPage key={id} id={id} /> : <Followups />;
  if (first === "saknas") return <MissingPage />;
  if (first === "karantan") return <Lazy key="waiting" load={loadWaiting} props={{}} />;
  if (first === "pass") return id ? <ShiftPage key={id} id={id} /> : <Shifts />;
  if (first === "sok") return <Lazy key="find" load={loadFind} props={{}} />;
  if (first === "karta") return <Lazy key="map" isMap load={loadMap} props={{}} />;
  if (first === "vecka") return <Lazy key="week" load={loadWeek} props={{}} />;
  if (first === "fokus") return <Lazy key="focus" load={loadFocus} props={{}} />;
  if (first === "utlamnanden") return <Lazy key="disclosures" load={loadDisclosures} props={{}} />;
  if (first === "planering") return <Lazy key="planning" load={loadPlanning} props={{}} />;
  if (first === "installningar") {
    const load = id !== undefined && isFor(id) ? ADMIN[id] : undefined;
    return load ? <Lazy key={id} load={load} props={{}} /> : <DeskSettings account={account} />;
  }
  return <Tonight />;
}

/** The desk: who is out, what came, and whether all of it did; for those who only read, the records and the weeks. */
export default function Desk({ account, news }: Props) {
  const main = useRef<HTMLElement>(null);
  const isLive = isOverseer.value;
  useEffect(keepDeskFiles, []);
  useEffect(() => {
    if (!isLive) return;
    const ends = [startLive(), followAlarms(), followCounts()];
    return () => {
      for (const end of ends) end();
    };
  }, [isLive]);
  const asked = `#/${route.value.path[0] ?? ""}`;
  const isOther = (asked === MISSING && isLive) || (asked === WAITING && readsWaiting.value);
  const under: Readonly<Record<string, string>> = {
    [MISSING]: FOLLOW,
    [WAITING]: isLive ? TONIGHT : SETTINGS,
  };
  const named = (isOther ? under[asked] : null) ?? asked;
  const current = (pages.value.find(([href]) => href === named) ?? pages.value[0])?.[0] ?? FIND;
  return (
    <div class="desk">
      <button type="button" class="button skip" onClick={() => main.current?.focus()}>
        {tr("skip")}
      </button>
      <header class="desk-bar">
        <span class="brand" aria-hidden="true">
          Lykta
        </span>
        <Navigation current={current} />
        {isLive ? <LiveWord /> : null}
      </header>
      {isLive ? <AlarmBar /> : null}
      {news}
      <ReferenceWord />
      <main ref={main} tabIndex={-1}>
        <View at={isOther ? asked : current} account={account} />
      </main>
    </div>
  );
}
