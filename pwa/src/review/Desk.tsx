import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { tr } from "../text/review";
import { route } from "../ui";
import { AlarmBar } from "./AlarmBar";
import { followAlarms } from "./alarm-state";
import { DeskSettings } from "./DeskSettings";
import { startLive } from "./desk-state";
import { Lazy } from "./Lazy";
import { LiveWord } from "./LiveWord";
import { MAP, SETTINGS, SHIFTS, TONIGHT } from "./routes";
import { ShiftPage } from "./ShiftPage";
import { Shifts } from "./Shifts";
import { Tonight } from "./Tonight";
import "./review.css";
import "./alarm.css";
import "./print.css";

const TABS = [
  [TONIGHT, "tonight"],
  [SHIFTS, "shifts"],
  [MAP, "map"],
  [SETTINGS, "settings"],
] as const;

function Navigation({ current }: { current: string }) {
  return (
    <nav aria-label={tr("nav")}>
      <ul>
        {TABS.map(([href, key]) => (
          <li key={href}>
            <a href={href} aria-current={href === current ? "page" : undefined}>
              {tr(key)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The map's chunk is large: fetched when its tab is opened. */
const loadMap = () => import("./TonightMap");

interface Props {
  /** Who is signed in and how to sign out; drawn under settings. */
  account?: ComponentChildren;
}

function View({ account }: Props) {
  const [first = "ikvall", id] = route.value.path;
  if (first === "pass") return id ? <ShiftPage key={id} id={id} /> : <Shifts />;
  if (first === "karta") return <Lazy load={loadMap} props={{}} />;
  if (first === "installningar") return <DeskSettings account={account} />;
  return <Tonight />;
}

/** The supervisor's side: who is out, what came, and whether all of it did. */
export default function Desk({ account }: Props) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    const ends = [startLive(), followAlarms()];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  const [first = "ikvall"] = route.value.path;
  const current = TABS.find(([href]) => href === `#/${first}`)?.[0] ?? TONIGHT;
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
        <LiveWord />
      </header>
      <AlarmBar />
      <main ref={main} tabIndex={-1}>
        <View account={account} />
      </main>
    </div>
  );
}
