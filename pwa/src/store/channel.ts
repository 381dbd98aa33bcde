/** Tells the other tabs what changed, so that their signals follow. Nothing depends on it arriving. */

export type Message =
  | { kind: "ops"; ids: string[] }
  | { kind: "drafts" }
  | { kind: "held" }
  | { kind: "photos" }
  | { kind: "meta" }
  | { kind: "lock" }
  | { kind: "cache" }
  | { kind: "carried" }
  | { kind: "wake" }
  | { kind: "check" }
  | { kind: "retry"; ids: string[] }
  | { kind: "sync"; state: unknown };

const NAME = "lykta";
let channel: BroadcastChannel | null | undefined;

function open(): BroadcastChannel | null {
  if (channel === undefined) channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;
  return channel;
}

export function broadcast(message: Message): void {
  try {
    open()?.postMessage(message);
  } catch {
    // A closed channel or an uncloneable state: the other tab refreshes when it is next shown.
  }
}

export function onBroadcast(listener: (message: Message) => void): () => void {
  const target = open();
  const heard = (event: MessageEvent<Message>) => listener(event.data);
  target?.addEventListener("message", heard);
  return () => target?.removeEventListener("message", heard);
}
