/** All of it as one file that a person can read. */
import { drafts } from "../../outbox";
import { me, ownOps, settings } from "../../store/state";
import { to } from "../../text/own";
import { type OwnData, readAllOwn } from "./ask";
import { keptWords, kindTitle, readable } from "./words";

/** What only this phone has: the server knows nothing of drafts. */
function ofPhone() {
  return {
    [to("kept")]: to("phone_kept"),
    [to("phone_language")]: settings.value.language,
    [to("phone_number")]: settings.value.ownNumber,
    [to("phone_records")]: ownOps.value.map(({ id, type, wall, position, data, sync }) =>
      readable({ id, type, stated_at: wall, status: sync.state, position, content: { ...data } }),
    ),
    [to("phone_drafts")]: drafts.value.map(({ id, form, at, fields }) =>
      readable({ id, type: form, stated_at: at, content: fields }),
    ),
  };
}

export function contents(data: OwnData): object {
  const sections = data.sections.map((section) => [
    kindTitle(section.kind),
    {
      [to("kept")]: keptWords(section, data),
      [to("total")]: section.total,
      [to("items")]: section.items.map(readable),
    },
  ]);
  return {
    [to("made_at")]: data.made_at,
    [to("organisation")]: data.organisation,
    [to("phone")]: ofPhone(),
    [to("server")]: { ...Object.fromEntries(sections), "": to("journal") },
  };
}

export async function makeOwnFile(): Promise<File> {
  const words = JSON.stringify(contents(await readAllOwn()), null, 2);
  const name = `lykta-${me.peek()?.username ?? "data"}.json`;
  return new File([words], name, { type: "application/json" });
}
