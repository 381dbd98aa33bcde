import { tv } from "../text/acts";
import { ask } from "./ask";
import { useResource } from "./use-resource";

/** Whether the chain holds at this shift's ops: the end of the sentence that says whether it is whole. */
export function ChainWord({ id }: { id: string }) {
  const seal = useResource(
    `seal ${id}`,
    (stop) => ask.seal(id, stop),
    (change) => change.shifts.includes(id),
  );
  const loaded = seal.loaded.value;
  if (loaded.state === "loading") return <span>{tv("seal_checking")}</span>;
  if (loaded.state === "error") return <span>{tv("seal_unknown")}</span>;
  const { broken } = loaded.data;
  return broken.length === 0 ? (
    <span>{tv("seal_holds")}</span>
  ) : (
    <strong class="overdue-word">{tv("seal_broken", { numbers: broken.join(", ") })}</strong>
  );
}
