import { useState } from "preact/hooks";
import { DeskPage } from "../review/DeskPage";
import { minute_ms } from "../review/desk-state";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { me } from "../store/state";
import { timeNear } from "../text";
import { ta } from "../text/admin";
import { tx } from "../text/ladder";
import { Banner, Button, Empty, Section } from "../ui";
import type { Ladders as Found, LadderRow } from "./answers";
import { ask } from "./ask";
import { BackToSettings } from "./BackToSettings";
import { History } from "./History";
import { LadderEvening } from "./LadderEvening";
import { heldLadder, LadderForm } from "./LadderForm";
import { WAYS } from "./ladder";
import { kindWord, ladderWords, wayWords } from "./ladder-words";
import "./admin.css";
import "./ladder.css";

/** What steps are told by depends on the kinds of records that change who is there. */
const KINDS = ["ladder", "user"];

function NotSetUp({ channels }: { channels: Found["channels"] }) {
  const off = WAYS.filter((way) => !channels[way]);
  if (off.length === 0) return null;
  if (off.length === WAYS.length) return <Banner tone="danger">{tx("no_way")}</Banner>;
  return <Banner tone="note">{tx("off_all", { n: off.length, ways: wayWords(off) })}</Banner>;
}

interface OneProps {
  row: LadderRow;
  found: Found;
  mayEdit: boolean;
  onEdit: () => void;
}

function One({ row, found, mayEdit, onEdit }: OneProps) {
  const { value } = heldLadder(row);
  const isOwn = row.own && row.since !== null;
  return (
    <Section title={kindWord(row.kind)}>
      <p class="quiet-words">
        {isOwn ? tx("is_own", { time: timeNear(row.since ?? "", minute_ms.value) }) : tx("is_default")}
      </p>
      <LadderEvening said={value} kind={row.kind} found={found} />
      {mayEdit ? (
        <div class="row">
          <Button name={`${tx("edit")}: ${kindWord(row.kind)}`} onPress={onEdit}>
            {tx("edit")}
          </Button>
        </div>
      ) : null}
      <History key={row.version} of="ladders" id={row.kind} words={ladderWords(row.kind, found.people)} />
    </Section>
  );
}

/** Who is told of an alarm, when, and by which ways. Supervisors read it; administrators change it. */
export default function Ladders() {
  const found = useResource("ladders", ask.ladders, ({ kinds }) =>
    kinds.some((kind) => KINDS.includes(kind)),
  );
  const [open, setOpen] = useState<string | null>(null);
  const mayEdit = me.value?.role === "admin";
  const close = () => {
    setOpen(null);
    found.refresh();
  };
  return (
    <DeskPage title={tx("title")} lead={<BackToSettings />}>
      <p class="quiet-words">{tx("about")}</p>
      {mayEdit ? null : <p class="quiet-words">{ta("people_read_only")}</p>}
      <Fetched resource={found}>
        {(told) => {
          const row = told.ladders.find(({ kind }) => kind === open);
          return (
            <>
              <NotSetUp channels={told.channels} />
              {told.ladders.length === 0 ? <Empty title={tx("none")} /> : null}
              <div class="ladders">
                {told.ladders.map((one) => (
                  <One
                    key={one.kind}
                    row={one}
                    found={told}
                    mayEdit={mayEdit}
                    onEdit={() => setOpen(one.kind)}
                  />
                ))}
              </div>
              {row && mayEdit ? <LadderForm key={row.kind} row={row} found={told} onClose={close} /> : null}
            </>
          );
        }}
      </Fetched>
    </DeskPage>
  );
}
