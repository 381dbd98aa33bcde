import flag from "lucide-static/icons/flag.svg?raw";
import { td } from "../text/disclosure";
import { Icon } from "../ui";

/** Says by a shape and in words how many were corrected after they were handed out. */
export function Flag({ n }: { n: number }) {
  if (n === 0) return <span class="quiet-words">{td("corrected_none")}</span>;
  return (
    <strong class="disclosure-flag">
      <Icon svg={flag} />
      {td("corrected_n", { n })}
    </strong>
  );
}
