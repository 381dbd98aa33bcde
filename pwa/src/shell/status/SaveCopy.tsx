import { useState } from "preact/hooks";
import { handOver } from "../../device/share";
import { CannotSeal, makeCopy, makeSealedCopy } from "../../outbox/copy";
import { unsentPhotos } from "../../store/photos";
import { ta } from "../../text/aside";
import { Banner, Button, Section } from "../../ui";

type Phase =
  | { is: "open" | "making" | "failed" | Awaited<ReturnType<typeof handOver>> }
  /** Made, but so slowly that the phone wants another tap before it shares. */
  | { is: "ready"; file: File }
  /** A plain file is made only by a tap of its own, below a warning. */
  | { is: "no-key" | "no-crypto" };

const SAID: Partial<Record<Phase["is"], () => string>> = {
  making: () => ta("copy_making"),
  ready: () => ta("copy_ready"),
  shared: () => ta("copy_shared"),
  saved: () => ta("copy_saved"),
};

/** "Spara en kopia": the last resort of a phone that cannot send. */
export function SaveCopy() {
  const [phase, setPhase] = useState<Phase>({ is: "open" });
  const give = async (file: File) => setPhase({ is: await handOver(file) });
  const save = async (make: () => Promise<File>) => {
    setPhase({ is: "making" });
    try {
      const file = await make();
      if (navigator.userActivation?.isActive === false) setPhase({ is: "ready", file });
      else await give(file);
    } catch (error) {
      setPhase({ is: error instanceof CannotSeal ? error.why : "failed" });
    }
  };
  return (
    <Section title={ta("copy")}>
      <p class="quiet-words">{ta("copy_about")}</p>
      {unsentPhotos.value > 0 ? (
        <Banner tone="note">{ta("copy_photos", { n: unsentPhotos.value })}</Banner>
      ) : null}
      <p role="status">{SAID[phase.is]?.() ?? ""}</p>
      {phase.is === "failed" ? <Banner tone="danger">{ta("copy_failed")}</Banner> : null}
      {phase.is === "no-key" || phase.is === "no-crypto" ? (
        <Banner
          tone="danger"
          action={<Button onPress={() => void save(makeCopy)}>{ta("copy_plain")}</Button>}
        >
          {phase.is === "no-key" ? ta("copy_noKey") : ta("copy_noCrypto")} {ta("copy_plain_about")}
        </Banner>
      ) : null}
      {phase.is === "ready" ? (
        <Button tone="main" wide onPress={() => void give(phase.file)}>
          {ta("copy_give")}
        </Button>
      ) : null}
      <Button wide busy={phase.is === "making"} onPress={() => void save(makeSealedCopy)}>
        {ta("copy_act")}
      </Button>
    </Section>
  );
}
