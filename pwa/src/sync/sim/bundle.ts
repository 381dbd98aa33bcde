/** The real code as a function of its surroundings: every tab gets its own clock, dice, network and databases. */
import { join } from "node:path";
import { build } from "vite";

export type Made<T> = (globals: Readonly<Record<string, unknown>>) => T;

/** What a page takes from its browser; each name stands for a parameter of the bundled code. */
const TAB = [
  "__BUILD__",
  "globalThis",
  "self",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "performance",
  "Date",
  "Math",
  "crypto",
  "indexedDB",
  "IDBCursor",
  "IDBDatabase",
  "IDBIndex",
  "IDBKeyRange",
  "IDBObjectStore",
  "IDBRequest",
  "IDBTransaction",
  "localStorage",
  "navigator",
  "document",
  "fetch",
  "addEventListener",
  "removeEventListener",
  "BroadcastChannel",
] as const;

export const bundleApp = <T>(): Promise<Made<T>> => bundle<T>(join(import.meta.dirname, "app.ts"), TAB);

/** The browser's databases, driven by the tasks of one phone. */
export const bundleDatabases = <T>(): Promise<Made<T>> =>
  bundle<T>(join(import.meta.dirname, "../../../node_modules/fake-indexeddb/build/esm/index.js"), [
    "globalThis",
  ]);

async function bundle<T>(entry: string, names: readonly string[]): Promise<Made<T>> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      minify: false,
      target: "esnext",
      lib: { entry, formats: ["iife"], name: "bundled" },
    },
  });
  const [output] = [built].flat();
  const code = output && "output" in output ? output.output[0].code : "";
  const make = new Function(...names, `${code}\nreturn bundled;`);
  return (globals) => make(...names.map((name) => globals[name]));
}
