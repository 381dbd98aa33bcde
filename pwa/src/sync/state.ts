/** How sending goes, for the frame of every screen. */
import { type Signal, signal } from "@preact/signals";
import type { CheckedMeta } from "../store/meta";
import type { Iso } from "../store/types";

export type Problem = "signin" | "offline" | "server" | "not-lykta" | "old-app";

export interface SyncState {
  phase: "idle" | "pushing" | "pulling" | "waiting";
  online: boolean;
  /** When the server last answered as it should, by the phone's clock. */
  lastOkAt: Iso | null;
  nextTryAt: Iso | null;
  problem: Problem | null;
  /** It hands in what it holds, reads nothing, and is emptied then. */
  revoked: boolean;
  /** The server's clock in that answer. */
  serverTime: Iso | null;
  /** Whether the server is being asked what it lacks, and why the last try came to nothing. */
  check: { asking: boolean; problem: Problem | null };
  /** What it last answered. */
  checked: Pick<CheckedMeta, "at" | "held" | "missing" | "photos" | "photosMissing"> | null;
}

export const syncState: Signal<SyncState> = signal({
  phase: "idle",
  online: typeof navigator === "undefined" || navigator.onLine,
  lastOkAt: null,
  nextTryAt: null,
  problem: null,
  revoked: false,
  serverTime: null,
  check: { asking: false, problem: null },
  checked: null,
});
