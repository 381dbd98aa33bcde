import saveIcon from "lucide-static/icons/download.svg?raw";
import retry from "lucide-static/icons/rotate-cw.svg?raw";
import { useState } from "preact/hooks";
import { download } from "../device/share";
import { tr } from "../text/review";
import { ty } from "../text/waiting";
import { Button } from "../ui";
import { ask } from "./ask";
import type { Entry } from "./types";
import { askWaiting } from "./waiting";
import { quarantineWords } from "./words";

type Waiting = Extract<Entry, { kind: "quarantined" }>;

/** What a supervisor can do about a record that does not count yet: one more try, and a file of it. */
export function QuarantinedActs({ entry }: { entry: Waiting }) {
  const [told, setTold] = useState("");
  const [isBusy, setBusy] = useState(false);
  const again = async () => {
    setBusy(true);
    try {
      const { why } = await ask.retry(entry.id);
      setTold(why === null ? tr("retry_applied") : tr("retry_waits", { why: quarantineWords(why) }));
    } catch {
      setTold(tr("retry_failed"));
    }
    setBusy(false);
  };
  const save = async () => {
    setTold("");
    try {
      const { name, content } = await askWaiting.file(entry.id);
      download(new File([content], name, { type: "application/json" }));
    } catch {
      setTold(ty("save_failed"));
    }
  };
  return (
    <>
      <div class="row">
        <Button icon={retry} busy={isBusy} onPress={() => void again()}>
          {tr("retry")}
        </Button>
        <Button icon={saveIcon} onPress={() => void save()}>
          {tr("save_entry")}
        </Button>
      </div>
      <p role="status">{told}</p>
    </>
  );
}
