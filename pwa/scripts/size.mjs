// Fails when the JavaScript that a host's phone loads at start, or that the desk opens with, outgrows its budget, and
// when a phone's start holds a part of the desk. Reads what `vite build` wrote: a file and everything that it imports
// statically; lazy chunks (map, charts, the desk's other pages) are not counted.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const START_BYTES = 72_000;
const DESK_BYTES = 150_000;
const dist = resolve(dirname(fileURLToPath(import.meta.url)), "../dist");
const html = readFileSync(join(dist, "index.html"), "utf8");

// `import{a}from"./x.js"`, `import"./x.js"`, `export{a}from"./x.js"`; never `import("./x.js")`.
const STATIC = /(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g;

/** File → its size in bytes, gzip. */
function closure(entries) {
  const seen = new Map();
  const queue = [...entries];
  while (queue.length > 0) {
    const file = queue.pop();
    if (seen.has(file)) continue;
    const source = readFileSync(file);
    seen.set(file, gzipSync(source, { level: 9 }).byteLength);
    for (const [, path] of source.toString("utf8").matchAll(STATIC)) queue.push(resolve(dirname(file), path));
  }
  return seen;
}

function isWithin(name, files, most) {
  let total = 0;
  for (const [file, bytes] of files) {
    total += bytes;
    console.log(`${String(bytes).padStart(8)}  ${relative(dist, file)}`);
  }
  console.log(`${String(total).padStart(8)}  of ${most} bytes gzip: ${name}`);
  if (total > most) console.error(`${name} is ${total - most} bytes too large.`);
  return total <= most;
}

const entries = [...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, src]) => join(dist, src));
if (entries.length === 0) throw new Error("index.html names no script");
const assets = join(dist, "assets");
const desk = readdirSync(assets).find((name) => /^Desk-.*\.js$/.test(name));
if (!desk) throw new Error("The desk has no chunk of its own");

const start = closure(entries);
const both = closure([...entries, join(assets, desk)]);
const isApart = !start.has(join(assets, desk));
if (!isApart) console.error("A phone's start holds the desk.");
const fits = [isWithin("start", start, START_BYTES), isWithin("desk", both, DESK_BYTES)];
if (!isApart || fits.includes(false)) process.exit(1);
