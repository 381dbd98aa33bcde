import { useState } from "preact/hooks";
import { add, newId } from "../outbox";
import { current } from "../shift/state";
import { removeUnsent } from "../store/blobs";
import { tp } from "../text/photo";
import { Banner, Button, Sheet } from "../ui";

interface Props {
  target: string;
  sha256: string;
  n: number;
}

/**
 * A saved photo that should not have been taken, before it is sent. The op that names it is sealed, so the record goes
 * on saying that there was one; that its host removed it is said beside, first, so that nobody waits for it.
 */
export function RemoveUnsent({ target, sha256, n }: Props) {
  const [id] = useState(newId);
  const [phase, setPhase] = useState<"closed" | "asking" | "removing" | "failed">("closed");
  const remove = async () => {
    setPhase("removing");
    try {
      const data = { target, text: tp("removed") };
      await add({ id, type: "comment.add", shift: current.peek()?.id ?? null, position: null, data });
      await removeUnsent(sha256);
    } catch {
      setPhase("failed");
    }
  };
  return (
    <>
      <Button tone="quiet" name={tp("remove_name", { n })} onPress={() => setPhase("asking")}>
        {tp("remove")}
      </Button>
      {phase === "closed" ? null : (
        <Sheet
          title={tp("remove_name", { n })}
          onClose={() => setPhase("closed")}
          footer={
            <Button tone="danger" wide busy={phase === "removing"} onPress={() => void remove()}>
              {tp("remove")}
            </Button>
          }
        >
          <p>{tp("remove_about")}</p>
          {phase === "failed" ? <Banner tone="danger">{tp("save_failed")}</Banner> : null}
        </Sheet>
      )}
    </>
  );
}
