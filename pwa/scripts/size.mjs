// Fails when the JavaScript that a host's phone loads at start outgrows its budget. Reads what `vite build` wrote:
// the entry of index.html and everything it imports statically; lazy chunks (desk, map) are not counted.
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 72_000;
const dist = resolve(dirname(fileURLToPath(import.meta.url)), "../dist");
const html = readFileSync(join(dist, "index.html"), "utf8");

const entries = [...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, src]) => join(dist, src));
if (entries.length === 0) throw new Error("index.html names no script");

// `import{a}from"./x.js"`, `import"./x.js"`, `export{a}from"./x.js"`; never `import("./x.js")`.
const STATIC = /(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g;
const seen = new Map();
const queue = [...entries];
while (queue.length > 0) {
  const file = queue.pop();
  if (seen.has(file)) continue;
  const source = readFileSync(file);
  seen.set(file, gzipSync(source, { level: 9 }).byteLength);
  for (const [, path] of source.toString("utf8").matchAll(STATIC)) queue.push(resolve(dirname(file), path));
}

let total = 0;
for (const [file, bytes] of seen) {
  total += bytes;
  console.log(`${String(bytes).padStart(8)}  ${relative(dist, file)}`);
}
console.log(`${String(total).padStart(8)}  of ${BUDGET_BYTES} bytes gzip at start`);
if (total > BUDGET_BYTES) {
  console.error(`The app's first JavaScript is ${total - BUDGET_BYTES} bytes too large.`);
  process.exit(1);
}
