import file from "lucide-static/icons/file-text.svg?raw";
import { useState } from "preact/hooks";
import type { Taken } from "../api/file";
import { ApiError } from "../api/index";
import { download } from "../device/share";
import { attempt, number, object } from "../parse";
import { tr } from "../text/review";
import { Button } from "../ui";

const limit = object({ limit: number });

function whyWords(error: unknown): string {
  const most = error instanceof ApiError && error.code === "export-large" ? attempt(limit, error.body) : null;
  if (most) return tr("pdf_large", { n: most.limit });
  return error instanceof ApiError && error.code === "busy" ? tr("pdf_busy") : tr("pdf_failed");
}

/** On paper, made by the server: for whoever must read it without Lykta. */
export function PdfButton({ take }: { take: () => Promise<Taken> }) {
  const [told, setTold] = useState<{ is: "idle" | "busy" | "done" | "failed"; words: string }>({
    is: "idle",
    words: "",
  });
  const make = async () => {
    setTold({ is: "busy", words: tr("pdf_making") });
    try {
      const { name, content } = await take();
      download(new File([content], name, { type: content.type }));
      setTold({ is: "done", words: tr("pdf_taken", { name }) });
    } catch (error) {
      setTold({ is: "failed", words: whyWords(error) });
    }
  };
  return (
    <>
      <Button icon={file} busy={told.is === "busy"} onPress={() => void make()}>
        {tr("pdf")}
      </Button>
      {told.is === "idle" ? null : (
        <span
          class={told.is === "failed" ? "field-error" : "quiet-words"}
          role={told.is === "failed" ? "alert" : "status"}
        >
          {told.words}
        </span>
      )}
    </>
  );
}
