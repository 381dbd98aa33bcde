/** Reads QR codes with the back camera: the phone's own reader where it has one, else one in JavaScript. */
import { decodeQR } from "qr/decode.js";

export type CameraTrouble = "none" | "refused" | "busy";

export class CameraError extends Error {
  override name = "CameraError";
  constructor(readonly why: CameraTrouble) {
    super(why);
  }
}

/** Never in step with the codes, which change as regularly: a slow reader would see the same few again and again. */
const WAIT_MS_MIN = 20;
const WAIT_MS_MAX = 180;
/** Enough for a dense code that fills half of the picture; more only takes longer. */
const SIDE_PX_MAX = 800;

type Look = (video: HTMLVideoElement) => Promise<string[]>;

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface DetectorMaker {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** Shows the camera in `video` and tells what it reads, until the function that it gives is called. Raises CameraError. */
export async function readCodes(
  video: HTMLVideoElement,
  onCode: (text: string) => void,
): Promise<() => void> {
  const stream = await openCamera();
  let ended = false;
  const end = () => {
    ended = true;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  video.srcObject = stream;
  await video.play().catch(() => undefined);
  const look = await bestLook();
  const again = async () => {
    if (ended) return;
    for (const text of await look(video).catch(() => [])) if (!ended) onCode(text);
    setTimeout(() => void again(), WAIT_MS_MIN + Math.random() * (WAIT_MS_MAX - WAIT_MS_MIN));
  };
  void again();
  return end;
}

async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraError("none");
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
    });
  } catch (error) {
    throw new CameraError(whyNot(error instanceof DOMException ? error.name : ""));
  }
}

function whyNot(name: string): CameraTrouble {
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotReadableError" || name === "AbortError" ? "busy" : "none";
}

async function bestLook(): Promise<Look> {
  const own = lookByScript();
  const Maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
  try {
    if (!Maker || !(await Maker.getSupportedFormats()).includes("qr_code")) return own;
    const detector = new Maker({ formats: ["qr_code"] });
    let fails = 0;
    // A reader that is there by name only fails at every picture.
    return async (video) => {
      if (fails > 3) return own(video);
      try {
        return (await detector.detect(video)).map(({ rawValue }) => rawValue);
      } catch {
        fails += 1;
        return [];
      }
    };
  } catch {
    return own;
  }
}

/** The middle square of the picture, shrunk, through one canvas. */
function lookByScript(): Look {
  const canvas = document.createElement("canvas");
  return async (video) => {
    const side = Math.min(video.videoWidth, video.videoHeight);
    const drawn = Math.min(side, SIDE_PX_MAX);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (drawn === 0 || context === null) return [];
    canvas.width = drawn;
    canvas.height = drawn;
    const [x, y] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
    context.drawImage(video, x, y, side, side, 0, 0, drawn, drawn);
    return readPicture(context.getImageData(0, 0, drawn, drawn));
  };
}

/** None where the picture holds no code that can be read. */
export function readPicture(picture: ImageData): string[] {
  try {
    return [decodeQR(picture)];
  } catch {
    return [];
  }
}
