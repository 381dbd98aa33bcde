import { useState } from "preact/hooks";
import { handOver } from "../../device/share";
import { type Carried, carried, dropCarried } from "../../store/carried";
import { deliverCarried } from "../../sync";
import { ta } from "../../text/aside";
import { Banner, Button, LinkButton, Section } from "../../ui";
import { READ_CODES, SHOW_CODES } from "../../ui/routes";

const WHY: Readonly<Record<string, () => string>> = {
  "copy-key": () => ta("carried_key"),
  "copy-spoilt": () => ta("carried_spoilt"),
  "copy-cut": () => ta("carried_spoilt"),
  "copy-origin": () => ta("carried_origin"),
  "too-large": () => ta("carried_large"),
};

function words({ ops, told, why }: Carried): string {
  if (why !== null) {
    const reason = WHY[why]?.() ?? ta("carried_other", { why });
    return `${ta("carried_refused", { n: ops, why: reason })} ${ta("carried_help")}`;
  }
  if (told === null) return ta("carried_waiting", { n: ops });
  const said = [ta("carried_delivered", { n: ops, fresh: told.new, known: told.known })];
  if (told.quarantined > 0) said.push(ta("carried_look", { n: told.quarantined }));
  if (told.damaged > 0) said.push(ta("carried_damaged", { n: told.damaged }));
  return said.join(" ");
}

const fileOf = ({ id, jwe }: Carried) => new File([jwe], `lykta-${id}.jwe.txt`, { type: "text/plain" });

function Package({ row }: { row: Carried }) {
  if (row.state === "waiting") return <Banner tone="note">{words(row)}</Banner>;
  const acts = (
    <div class="row equal">
      {row.state === "refused" ? (
        <Button onPress={() => void handOver(fileOf(row))}>{ta("carried_file")}</Button>
      ) : null}
      <Button onPress={() => void dropCarried(row.id)}>{ta("carried_drop")}</Button>
    </div>
  );
  return (
    <Banner tone={row.state === "refused" ? "danger" : "calm"} action={acts}>
      {words(row)}
    </Banner>
  );
}

/** The other last resort: a colleague's phone carries what this one cannot send, and the other way round. */
export function Courier() {
  const [isTrying, setTrying] = useState(false);
  const rows = carried.value;
  const send = () => {
    setTrying(true);
    void deliverCarried().finally(() => setTrying(false));
  };
  return (
    <Section title={ta("courier")}>
      <p class="quiet-words">{ta("courier_about")}</p>
      {rows.map((row) => (
        <Package key={row.id} row={row} />
      ))}
      {rows.some(({ state }) => state === "waiting") ? (
        <Button wide busy={isTrying} onPress={send}>
          {ta("carried_try")}
        </Button>
      ) : null}
      <LinkButton wide href={SHOW_CODES}>
        {ta("courier_show")}
      </LinkButton>
      <LinkButton wide href={READ_CODES}>
        {ta("courier_scan")}
      </LinkButton>
    </Section>
  );
}
