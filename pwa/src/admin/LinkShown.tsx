import { useState } from "preact/hooks";
import encodeQR from "qr";
import { dateTime } from "../text";
import { ta } from "../text/admin";
import { Button, Sheet } from "../ui";
import type { Invited } from "./answers";

/** White around it, in modules: readers need it. */
const QUIET = 4;

/** Dark on white whatever the theme: cameras read it so. */
function Qr({ text }: { text: string }) {
  const modules = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const dots = modules.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    <svg
      class="link-qr"
      role="img"
      aria-label={ta("link_qr")}
      viewBox={`0 0 ${modules.length} ${modules.length}`}
    >
      <rect width={modules.length} height={modules.length} fill="#fff" />
      <path d={dots.join("")} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}

interface Props {
  name: string;
  invited: Invited;
  onClose: () => void;
}

/** The only time that the link is seen: it is in no list and no history. */
export function LinkShown({ name, invited, onClose }: Props) {
  const [copied, setCopied] = useState<"" | "yes" | "no">("");
  const link = `${location.origin}/#/valkommen/${invited.code}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied("yes");
    } catch {
      setCopied("no");
    }
  };
  return (
    <Sheet
      title={ta("link_title", { name })}
      onClose={onClose}
      footer={
        <div class="row equal">
          <Button onPress={onClose}>{ta("close")}</Button>
          <Button tone="main" onPress={() => void copy()}>
            {ta("link_copy")}
          </Button>
        </div>
      }
    >
      <p>{ta("link_about", { time: dateTime(invited.expires_at) })}</p>
      <Qr text={link} />
      <p class="link-text">{link}</p>
      <p role="status">
        {copied === "yes" ? ta("link_copied") : copied === "no" ? ta("link_copy_failed") : ""}
      </p>
    </Sheet>
  );
}
