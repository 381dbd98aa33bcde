import undo from "lucide-static/icons/undo-2.svg?raw";
import { useEffect, useRef, useState } from "preact/hooks";
import { readPhoto } from "../store/blobs";
import type { Attachment } from "../store/types";
import { tp } from "../text/photo";
import { Banner, Button, Chips, Loading, Sheet } from "../ui";
import { cropped, dab, draw, pixelsOf } from "./canvas";
import { blockSize, blocksAlong, type Crop, cut, hidden, type Pixels, type Point, WHOLE } from "./edit";
import { keepBytes } from "./keep";
import "./editor.css";

interface Props {
  photo: Attachment;
  /** The form that it is kept for. */
  draft: string;
  onClose: () => void;
  /** The other one is kept already. */
  onReplace: (by: Attachment) => void;
}

type Tool = "hide" | "crop";
type Phase = "loading" | "open" | "saving" | "lost" | "failed";

const SIDES: readonly (keyof Crop)[] = ["top", "bottom", "left", "right"];
const SIDE_WORDS: Record<keyof Crop, () => string> = {
  top: () => tp("edit_top"),
  bottom: () => tp("edit_bottom"),
  left: () => tp("edit_left"),
  right: () => tp("edit_right"),
};
const PERCENT = 100;
const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Faces and plates are hidden, and edges cut away, before anything leaves the phone; the picture before it goes. */
export default function PhotoEditor({ photo, draft, onClose, onReplace }: Props) {
  const [picture, setPicture] = useState<Pixels | null>(null);
  const [phase, setPhase] = useState<Phase>("loading");
  const [tool, setTool] = useState<Tool>("hide");
  const [strokes, setStrokes] = useState<readonly number[][]>([]);
  const [crop, setCrop] = useState<Crop>(WHOLE);

  useEffect(() => {
    const open = async () => {
      const bytes = await readPhoto(photo.sha256);
      if (!bytes) throw new Error("not on this phone");
      setPicture(await pixelsOf(bytes));
    };
    open().then(
      () => setPhase("open"),
      () => setPhase("lost"),
    );
  }, [photo.sha256]);

  const isChanged = strokes.length > 0 || crop !== WHOLE;
  const save = async () => {
    if (!picture) return;
    if (!isChanged) return onClose();
    setPhase("saving");
    try {
      onReplace(await keepBytes(await cropped(hidden(picture, strokes.flat()), crop), draft));
      onClose();
    } catch {
      setPhase("failed");
    }
  };
  return (
    <Sheet
      title={tp("edit")}
      onClose={onClose}
      footer={
        <div class="row equal">
          <Button
            icon={undo}
            onPress={() => (strokes.length > 0 ? setStrokes(strokes.slice(0, -1)) : setCrop(WHOLE))}
            busy={!isChanged || phase === "saving"}
          >
            {tp("edit_undo")}
          </Button>
          <Button
            tone="main"
            busy={phase === "saving" || phase === "loading"}
            onPress={() => void (phase === "lost" ? onClose() : save())}
          >
            {tp("edit_done")}
          </Button>
        </div>
      }
    >
      {phase === "loading" ? <Loading what={tp("edit_loading")} /> : null}
      {phase === "lost" ? <Banner tone="danger">{tp("state_damaged")}</Banner> : null}
      {phase === "failed" ? <Banner tone="danger">{tp("trouble_full")}</Banner> : null}
      {picture ? (
        <>
          <Chips
            legend={tp("edit_tool")}
            hideLegend
            choices={[
              { value: "hide", label: tp("edit_hide") },
              { value: "crop", label: tp("edit_crop") },
            ]}
            value={tool}
            onChange={(next) => next && setTool(next)}
          />
          <Board
            picture={picture}
            strokes={strokes}
            crop={crop}
            isHiding={tool === "hide"}
            onStroke={(stroke) => setStrokes((before) => [...before, stroke])}
          />
          {tool === "hide" ? (
            <p class="quiet-words">{tp("edit_hide_how")}</p>
          ) : (
            <div class="crop-sides">
              {SIDES.map((side) => (
                <label key={side}>
                  <span>{SIDE_WORDS[side]()}</span>
                  <input
                    type="range"
                    min={0}
                    max={PERCENT - 10}
                    value={Math.round(crop[side] * PERCENT)}
                    onInput={(event) => setCrop(cut(crop, side, Number(event.currentTarget.value) / PERCENT))}
                  />
                </label>
              ))}
            </div>
          )}
        </>
      ) : null}
    </Sheet>
  );
}

interface BoardProps {
  picture: Pixels;
  strokes: readonly number[][];
  crop: Crop;
  isHiding: boolean;
  onStroke: (blocks: number[]) => void;
}

/** The picture as it will be. Drawn on with a finger, a mouse, or the arrow keys and the space bar. */
function Board({ picture, strokes, crop, isHiding, onStroke }: BoardProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const stroke = useRef<{ last: Point; blocks: Set<number> } | null>(null);
  const [at, setAt] = useState<Point>({ x: picture.width / 2, y: picture.height / 2 });
  const [hasKeys, setKeys] = useState(false);

  useEffect(() => {
    if (canvas.current) draw(canvas.current, hidden(picture, strokes.flat()));
  }, [picture, strokes]);

  const pointOf = (event: PointerEvent): Point => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box) return at;
    return {
      x: ((event.clientX - box.left) / box.width) * picture.width,
      y: ((event.clientY - box.top) / box.height) * picture.height,
    };
  };
  const paint = (to: Point) => {
    const one = stroke.current;
    if (!one) return;
    const fresh = blocksAlong(picture, one.last, to).filter((block) => !one.blocks.has(block));
    for (const block of fresh) one.blocks.add(block);
    one.last = to;
    if (canvas.current) dab(canvas.current, picture, fresh);
  };
  const begin = (event: PointerEvent) => {
    if (!isHiding) return;
    canvas.current?.setPointerCapture(event.pointerId);
    stroke.current = { last: pointOf(event), blocks: new Set() };
    paint(pointOf(event));
  };
  const end = () => {
    const one = stroke.current;
    stroke.current = null;
    if (one) onStroke([...one.blocks]);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step) {
      const size = blockSize(picture);
      setAt({
        x: Math.min(picture.width - 1, Math.max(0, at.x + step[0] * size)),
        y: Math.min(picture.height - 1, Math.max(0, at.y + step[1] * size)),
      });
    } else if (event.key === " ") onStroke(blocksAlong(picture, at, at));
    else return;
    setKeys(true);
    event.preventDefault();
  };
  const part = (value: number, whole: number) => `${(value / whole) * PERCENT}%`;
  return (
    <div
      class={isHiding ? "photo-board hiding" : "photo-board"}
      role="application"
      aria-label={tp("edit_board")}
      tabIndex={isHiding ? 0 : -1}
      onPointerDown={begin}
      onPointerMove={(event) => paint(pointOf(event))}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={isHiding ? onKey : undefined}
      onBlur={() => setKeys(false)}
    >
      <canvas ref={canvas} />
      {isHiding && hasKeys ? (
        <span
          class="photo-cursor"
          style={{ insetInlineStart: part(at.x, picture.width), insetBlockStart: part(at.y, picture.height) }}
        />
      ) : null}
      <span
        class="crop-frame"
        style={{
          insetInline: `${crop.left * PERCENT}% ${crop.right * PERCENT}%`,
          insetBlock: `${crop.top * PERCENT}% ${crop.bottom * PERCENT}%`,
        }}
      />
    </div>
  );
}
