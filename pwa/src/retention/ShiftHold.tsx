import { useState } from "preact/hooks";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { tz } from "../text/retention";
import { Button } from "../ui";
import { ask } from "./ask";
import { holdWords } from "./Holds";
import { ReasonSheet } from "./ReasonSheet";
import "./retention.css";

/** Whether a shift is held back from being erased, and how to hold it or let it go. */
export default function ShiftHold({ shift }: { shift: string }) {
  const [isOpen, setOpen] = useState(false);
  const found = useResource(
    shift,
    (stop) => ask.held(shift, stop),
    ({ kinds, shifts }) => kinds.includes("retention") && shifts.includes(shift),
  );
  return (
    <section class="retention-shift" aria-labelledby="retention-title">
      <h2 id="retention-title">{tz("title")}</h2>
      <Fetched resource={found} missing={tz("hold_unknown")}>
        {({ hold, version }) => {
          const what = hold === null ? "hold" : "lift";
          return (
            <>
              <p>{tz(hold === null ? "is_free" : "is_held")}</p>
              {hold === null ? null : <p class="quiet-words">{holdWords(hold)}</p>}
              <div class="row">
                <Button onPress={() => setOpen(true)}>{tz(what)}</Button>
              </div>
              {isOpen ? (
                <ReasonSheet
                  what={what}
                  onSay={(reason, kept) =>
                    ask.hold(shift, version, { active: hold === null, reason, ...kept })
                  }
                  onClose={(isSaid) => {
                    setOpen(false);
                    if (isSaid) found.refresh();
                  }}
                />
              ) : null}
            </>
          );
        }}
      </Fetched>
    </section>
  );
}
