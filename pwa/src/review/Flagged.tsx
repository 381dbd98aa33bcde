import shield from "lucide-static/icons/shield-alert.svg?raw";
import type { Looked } from "../store/types";
import { list } from "../text";
import { tg } from "../text/guard";
import { Icon } from "../ui";

const KINDS = ["personnummer", "samordningsnummer", "phone", "plate", "email", "name"] as const;

/** A kind that this build does not know is told as it is. */
function kindWord(kind: string): string {
  const known = KINDS.find((one) => one === kind);
  return known ? tg(`kind_${known}`) : kind;
}

/** What the server found in the words of a statement; and that they are withheld. */
export function Flagged({ value }: { value: Looked }) {
  const kinds = value.flagged ?? [];
  if (kinds.length === 0) return null;
  const what = list(kinds.map(kindWord));
  return (
    <p class="entry-flag">
      <Icon svg={shield} />
      {value.hidden ? tg("hidden_what", { what }) : tg("flagged", { what })}
    </p>
  );
}
