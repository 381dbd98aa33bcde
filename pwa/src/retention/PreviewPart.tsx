import { useState } from "preact/hooks";
import { tz } from "../text/retention";
import { Banner, Button } from "../ui";
import { useIsHere } from "../ui/useIsHere";
import type { Cls, Preview } from "./answers";
import { ask } from "./ask";
import { keptWords, tookWords } from "./words";

function Told({ found }: { found: Preview }) {
  const kept = keptWords(found.kept);
  const [first, last] = found.days ?? [];
  return (
    <>
      {found.things === 0 || found.before === null ? (
        <p>{tz("nothing_due")}</p>
      ) : (
        <p>
          {tz("before", { day: found.before })} <strong>{tookWords(found)}</strong>.
          {first && last
            ? ` ${first === last ? tz("day", { day: first }) : tz("days", { from: first, to: last })}`
            : null}
        </p>
      )}
      {kept === null ? null : <p>{tz("kept", { what: kept })}</p>}
    </>
  );
}

interface Props {
  cls: Cls;
  /** As if so many were decided; null: what is. */
  months: number | null;
}

/** What a run would take, counted when it is asked for: it reads the whole journal. */
export function PreviewPart({ cls, months }: Props) {
  const [found, setFound] = useState<{ of: number | null; told: Preview } | "looking" | "failed" | null>(
    null,
  );
  const isHere = useIsHere();
  const look = async () => {
    setFound("looking");
    const told = await ask.preview(cls, months).catch(() => null);
    if (isHere.current) setFound(told === null ? "failed" : { of: months, told });
  };
  const isOld = found !== null && typeof found === "object" && found.of !== months;
  return (
    <div class="stack retention-preview">
      <div class="row">
        <Button
          tone="quiet"
          busy={found === "looking"}
          name={tz("what_now_of", { what: tz(cls) })}
          onPress={() => void look()}
        >
          {tz("what_now")}
        </Button>
      </div>
      <div role="status">
        {found === "looking" ? <p>{tz("looking")}</p> : null}
        {found === "failed" ? <Banner tone="danger">{tz("look_failed")}</Banner> : null}
        {found !== null && typeof found === "object" && !isOld ? <Told found={found.told} /> : null}
      </div>
    </div>
  );
}
