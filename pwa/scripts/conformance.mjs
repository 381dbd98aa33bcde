// Bundles what the app asks of a browser's databases into one script, for a test to run in a browser: its argument
// names the file. It answers as `conformance.conform()`.
import { build } from "vite";

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("name the file to write");
await build({
  configFile: false,
  logLevel: "error",
  root: new URL("..", import.meta.url).pathname,
  define: { __BUILD__: JSON.stringify("conformance") },
  build: {
    outDir: new URL(".", `file://${file}`).pathname,
    emptyOutDir: false,
    copyPublicDir: false,
    minify: false,
    target: ["chrome109", "firefox115", "safari16"],
    lib: {
      entry: "src/store/conformance.ts",
      formats: ["iife"],
      name: "conformance",
      fileName: () => file.split("/").at(-1),
    },
  },
});
