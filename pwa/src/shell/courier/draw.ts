/** Draws one code, dark on white whatever the theme: cameras read it so. */
import encodeQR from "qr";
import { CODE_VERSION } from "../../outbox/frames";

/** White around it, in modules: readers need it. */
const QUIET = 4;
/** Device pixels to the module: sharp when it is shown smaller. */
const SCALE = 8;

export function drawCode(canvas: HTMLCanvasElement, text: string): void {
  const modules = encodeQR(text, "raw", {
    ecc: "medium",
    encoding: "alphanumeric",
    version: CODE_VERSION,
    border: QUIET,
  });
  const side = modules.length * SCALE;
  if (canvas.width !== side) {
    canvas.width = side;
    canvas.height = side;
  }
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, side, side);
  context.fillStyle = "#000";
  for (const [y, row] of modules.entries())
    for (const [x, isDark] of row.entries()) if (isDark) context.fillRect(x * SCALE, y * SCALE, SCALE, SCALE);
}
