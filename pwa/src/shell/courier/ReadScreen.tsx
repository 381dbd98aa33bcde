import { useEffect, useRef, useState } from "preact/hooks";
import { keepAwake } from "../../device/awake";
import { CameraError, type CameraTrouble, readCodes } from "../../device/camera";
import { Gathering, type Progress } from "../../outbox/frames";
import { t } from "../../text";
import { tc } from "../../text/courier";
import { Banner, Button, LinkButton, Page } from "../../ui";
import { STATUS } from "../../ui/routes";
import { keep } from "./keep";
import "./courier.css";

type Trouble = CameraTrouble | "not-copy" | "not-kept";
type Phase =
  | { is: "opening" }
  | { is: "reading"; got: number; total: number }
  | { is: "done"; ops: number }
  | { is: "failed"; why: Trouble };

const TROUBLE: Record<Trouble, () => string> = {
  none: () => tc("camera_none"),
  refused: () => tc("camera_refused"),
  busy: () => tc("camera_busy"),
  "not-copy": () => tc("notCopy"),
  "not-kept": () => tc("notKept"),
};
/** From here on the last few are what is waited for. */
const ALMOST = 0.8;

/** Looks until a package is whole and stored; then lets the camera go. */
function Reader({ onEnd }: { onEnd: (end: Extract<Phase, { is: "done" | "failed" }>) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [phase, setPhase] = useState<Phase>({ is: "opening" });
  useEffect(() => {
    const gathering = new Gathering();
    let stop: (() => void) | null = null;
    let gone = false;
    const heard = (progress: Progress | null) => {
      if (gone || progress === null) return;
      setPhase({ is: "reading", got: progress.got, total: progress.total });
      if (progress.bytes === null) return;
      leave();
      void keep(progress.id, progress.bytes).then(onEnd);
    };
    const leave = () => {
      gone = true;
      stop?.();
    };
    if (video.current)
      readCodes(video.current, (text) => void gathering.take(text).then(heard)).then(
        (end) => {
          stop = end;
          if (gone) end();
          else setPhase({ is: "reading", got: 0, total: 0 });
        },
        (error: unknown) =>
          gone || onEnd({ is: "failed", why: error instanceof CameraError ? error.why : "none" }),
      );
    return leave;
  }, []);
  useEffect(keepAwake, []);
  const { got, total } = phase.is === "reading" ? phase : { got: 0, total: 0 };
  return (
    <>
      <video ref={video} class="camera" muted playsInline aria-label={tc("camera")} />
      <progress class="code-progress" aria-label={tc("read")} max={Math.max(1, total)} value={got} />
      <p class="code-place" role="status">
        {phase.is === "opening"
          ? tc("opening")
          : total === 0
            ? tc("looking")
            : tc("got", { n: got, all: total })}
      </p>
      <p class="quiet-words">{got < total && got >= total * ALMOST ? tc("almost") : ""}</p>
      <p>{tc("read_about")}</p>
      <LinkButton wide href={STATUS}>
        {tc("cancel")}
      </LinkButton>
    </>
  );
}

/** A colleague's codes, stored on this phone until it can hand them in. */
export default function ReadScreen() {
  const [end, setEnd] = useState<Extract<Phase, { is: "done" | "failed" }> | null>(null);
  return (
    <Page title={tc("read")} back={STATUS}>
      {end === null ? <Reader onEnd={setEnd} /> : null}
      {end?.is === "done" ? (
        <Banner tone="calm">
          <p>
            <strong>{tc("done", { n: end.ops })}</strong>
          </p>
          <p>{tc("done_about")}</p>
        </Banner>
      ) : null}
      {end?.is === "failed" ? <Banner tone="danger">{TROUBLE[end.why]()}</Banner> : null}
      {end === null ? null : (
        <>
          <Button wide onPress={() => setEnd(null)}>
            {end.is === "done" ? tc("again") : t("ui.retry")}
          </Button>
          <LinkButton tone="main" wide href={STATUS}>
            {end.is === "done" ? tc("close") : tc("cancel")}
          </LinkButton>
        </>
      )}
    </Page>
  );
}
