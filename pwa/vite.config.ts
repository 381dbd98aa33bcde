import { readFileSync } from "node:fs";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

const AT_START = /node_modules\/(preact|@preact|idb)\/|src\/(parse|api|store)(?!\/(basemaps|carried))/;

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  define: { __BUILD__: JSON.stringify(version) },
  build: {
    target: ["chrome109", "firefox115", "safari16"],
    sourcemap: false,
    modulePreload: { polyfill: false },
    // What every start loads, in one piece: split by which lazy part shares what, it compresses worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "base", test: AT_START }] } } },
  },
  server: { proxy: { "/api": process.env.LYKTA_API ?? "http://127.0.0.1:8000" } },
  plugins: [
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
      },
    }),
  ],
  test: {
    environment: "happy-dom",
    setupFiles: ["src/test-setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
