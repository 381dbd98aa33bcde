/** A server for the desk's tests: answers by path, and a live line that the test speaks through. */

import { vi } from "vitest";
import { loadDrafts } from "../outbox/drafts";
import { me } from "../store/state";

type Answer = { status?: number; body: unknown } | "offline" | "never";

const VOCABULARY = {
  version: 1,
  categories: [
    { code: "S2", group: "S", sv: "Klotter", en: "Graffiti", protection: 0 },
    { code: "H2", group: "H", sv: "Suicidrisk", en: "Suicide risk", protection: 3 },
  ],
  services: [{ code: "POL112", sv: "Polis akut", en: "Police, emergency" }],
  outcomes: [{ code: "PLATS", sv: "På plats, överlämnat", en: "Arrived, handed over" }],
  severities: [
    { code: 1, sv: "Notering", en: "Note" },
    { code: 2, sv: "Störande", en: "Disturbing" },
  ],
};

export const REFERENCE = {
  vocabulary: VOCABULARY,
  areas: [],
  places: [{ id: "p1", name: "Biblioteket", kind: "other", lon: 14.5, lat: 56.05 }],
  users: [{ id: "bo", name: "Bo", role: "supervisor" }],
};

class FakeEventSource {
  static current: FakeEventSource | null = null;
  readyState = 1;
  private readonly listeners = new Map<string, (event: { data?: unknown }) => void>();
  constructor() {
    FakeEventSource.current = this;
  }
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    this.listeners.set(type, listener);
  }
  close(): void {
    this.readyState = 2;
  }
  emit(type: string, data?: unknown): void {
    this.listeners.get(type)?.({ data });
  }
}

// As the start does.
me.subscribe(() => void loadDrafts().catch(() => undefined));

/** Answers, and signs in who leads the evening, unless a test has signed in somebody else. */
export function deskServer(answers: Record<string, Answer>) {
  me.value ??= { id: "u-bo", username: "bo", name: "Bo Ängström", role: "supervisor" };
  const asked: string[] = [];
  const sent: { method: string; path: string; body: unknown }[] = [];
  const posted: [path: string, body: unknown][] = [];
  const table: Record<string, Answer> = {
    "/reference": { body: REFERENCE },
    "/alerts": page([]),
    ...answers,
  };
  vi.stubGlobal("EventSource", FakeEventSource);
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(String(input), "http://lykta.test");
    const path = url.pathname.replace("/api/v1", "");
    asked.push(path + url.search);
    if (typeof init?.body === "string") posted.push([path, JSON.parse(init.body)]);
    const method = init?.method ?? "GET";
    if (method !== "GET") sent.push({ method, path, body: JSON.parse(String(init?.body ?? "null")) });
    const answer = table[`${method} ${path}`] ??
      table[path] ?? { status: 404, body: { type: "/problems/not-found", status: 404 } };
    if (answer === "never") return new Promise<Response>(() => undefined);
    if (answer === "offline") throw new TypeError("network");
    if (answer.status === 204) return new Response(null, { status: 204 });
    return new Response(JSON.stringify(answer.body), {
      status: answer.status ?? 200,
      headers: { "Content-Type": "application/json" },
    });
  });
  return {
    asked,
    /** What was written, in order. */
    sent,
    /** What was posted there. */
    said: (to: string) => posted.flatMap(([path, body]) => (path === to ? [body] : [])),
    answer: (path: string, answer: Answer) => {
      table[path] = answer;
    },
    say: (type: string, data?: unknown) => FakeEventSource.current?.emit(type, data),
  };
}

export const page = (items: unknown[], total = items.length) => ({
  body: { items, page: 1, limit: 25, total },
});
