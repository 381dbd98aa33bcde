/**
 * Speech to text on the device itself. A recogniser that sends the voice elsewhere is never used: where the browser does
 * not promise to do it here, there is none, and the keyboard's own microphone is the host's affair.
 */

interface Alternative {
  transcript: string;
}
interface ResultEvent extends Event {
  resultIndex: number;
  results: ArrayLike<ArrayLike<Alternative> & { isFinal: boolean }>;
}
interface Recogniser extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  processLocally: boolean;
  start(): void;
  stop(): void;
}
interface RecogniserClass {
  new (): Recogniser;
  available?: (asked: { langs: string[]; processLocally: boolean }) => Promise<string>;
}

export const LANGUAGE = "sv-SE";

function recogniser(): RecogniserClass | null {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as {
    SpeechRecognition?: RecogniserClass;
    webkitSpeechRecognition?: RecogniserClass;
  };
  return SpeechRecognition ?? webkitSpeechRecognition ?? null;
}

/** Only where the browser itself says that Swedish is understood on this device, now. Raises nothing. */
export async function canDictate(): Promise<boolean> {
  try {
    const made = recogniser();
    // A browser that knows no such question may listen, but not here.
    if (!made?.available || !("processLocally" in made.prototype)) return false;
    return (await made.available({ langs: [LANGUAGE], processLocally: true })) === "available";
  } catch {
    return false;
  }
}

interface Heard {
  onText: (text: string) => void;
  /** It is over, by the person, by itself or since it failed; what was heard is kept. */
  onEnd: (hasFailed: boolean) => void;
}

/** Gives a function that stops it; what is being said then still comes. */
export function dictate({ onText, onEnd }: Heard): () => void {
  const made = recogniser();
  if (!made) {
    onEnd(true);
    return () => undefined;
  }
  const one = new made();
  one.lang = LANGUAGE;
  one.continuous = true;
  one.interimResults = false;
  one.processLocally = true;
  let hasFailed = false;
  one.addEventListener("result", (event) => {
    const { results, resultIndex } = event as ResultEvent;
    const said = Array.from(results)
      .slice(resultIndex)
      .map((one) => (one.isFinal ? (one[0]?.transcript.trim() ?? "") : ""));
    // Together: where they go is told by the text as it was last drawn.
    const text = said.filter(Boolean).join(" ");
    if (text) onText(text);
  });
  one.addEventListener("error", () => {
    hasFailed = true;
  });
  one.addEventListener("end", () => onEnd(hasFailed));
  try {
    one.start();
  } catch {
    onEnd(true);
  }
  return () => one.stop();
}
