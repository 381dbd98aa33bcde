import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";
import { type Chunk, onlyThrough } from "./src/sw/parts.ts";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

interface Modules {
  getModuleInfo(id: string): { isEntry: boolean; importers: readonly string[] } | null;
}

const atStart = new Map<string, boolean>();

/** Whether the entry reaches a module without a lazy import on the way. */
function isAtStart(id: string, modules: Modules): boolean {
  const known = atStart.get(id);
  if (known !== undefined) return known;
  atStart.set(id, false); // a circle leads nowhere
  const info = modules.getModuleInfo(id);
  const found = info !== null && (info.isEntry || info.importers.some((one) => isAtStart(one, modules)));
  atStart.set(id, found);
  return found;
}

const startOnly = (id: string, modules: Modules) => (isAtStart(id, modules) ? "start" : null);

const DESK = "/src/review/Desk.tsx";
let deskFiles: ReadonlySet<string> = new Set();

/** Tells by the graph of this build what is the desk's alone, before the service worker's list is written. */
const parting: Plugin = {
  name: "lykta-parts",
  apply: "build",
  enforce: "post",
  generateBundle(_, bundle) {
    const chunks = new Map<string, Chunk>();
    for (const one of Object.values(bundle)) {
      if (one.type !== "chunk") continue;
      const { importedCss = [], importedAssets = [] } = one.viteMetadata ?? {};
      chunks.set(one.fileName, { ...one, files: [...importedCss, ...importedAssets] });
    }
    deskFiles = onlyThrough(DESK, chunks);
  },
};

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  define: { __BUILD__: JSON.stringify(version) },
  build: {
    target: ["chrome109", "firefox115", "safari16"],
    sourcemap: false,
    modulePreload: { polyfill: false },
    // What every start loads lies in one file: in the ten that it falls into by itself it is larger.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: startOnly }] } } },
  },
  server: { proxy: { "/api": process.env.LYKTA_API ?? "http://127.0.0.1:8000" } },
  plugins: [
    parting,
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src/sw",
      filename: "sw.ts",
      // The app registers it itself, with updateViaCache "none" and an update that waits for the host.
      injectRegister: false,
      manifest: false,
      injectManifest: {
        globPatterns: ["**/*.{js,mjs,css,html,svg,png,webmanifest,json,woff2}"],
        maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
        // The service worker keeps those of the desk only where the desk is opened.
        manifestTransforms: [
          (entries) => ({
            manifest: entries.map((one) => (deskFiles.has(one.url) ? { ...one, desk: true } : one)),
          }),
        ],
      },
    }),
  ],
  test: {
    environment: "happy-dom",
    setupFiles: ["src/test-setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    testTimeout: 15_000,
  },
});
