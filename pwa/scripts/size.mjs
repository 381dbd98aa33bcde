// Fails when the JavaScript that a host's phone loads at start, or that the desk opens with, outgrows its budget, and
// when a phone's start holds a part of the desk. Reads what `vite build` wrote: a file and everything that it imports
// statically; lazy chunks (map, charts, the desk's other pages) are not counted.
// Fails too when what the service worker keeps on every phone is not what a host can reach: a part that is missing is
// missing offline, and one of the desk alone is fetched by all. Read from the written files, not from the bundler's
// graph, by which vite.config.ts told them apart.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const START_BYTES = 74_000;
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

const LAZY =
  /\bimport\(["'`]\.\/([^"'`]+)["'`]\)(?:(?!\bimport\().)*?,(?:__vite__mapDeps\(\[([\d,]*)\]\)|\[\])\)/gs;
const read = (name) => readFileSync(join(dist, name), "utf8");

/** What a written file leads to, at once or later: scripts, styles and workers by their names in the build. */
function leadsTo(name) {
  if (!/\.(html|m?js)$/.test(name)) return [];
  const source = read(name);
  const named = JSON.parse(/m\.f=(\[.*?\])/.exec(source)?.[1] ?? "[]");
  const found = [...source.matchAll(/["'`]\/(assets\/[^"'`]+)["'`]/g)].map(([, path]) => path);
  for (const [, path] of source.matchAll(STATIC)) found.push(join(dirname(name), path));
  for (const [, path, with_ = ""] of source.matchAll(LAZY)) {
    if (path === desk) continue;
    found.push(join(dirname(name), path), ...with_.split(",").flatMap((n) => named[n] ?? []));
  }
  return found;
}

function ofHost() {
  const found = new Set();
  const queue = ["index.html"];
  while (queue.length > 0) {
    const name = queue.pop();
    if (found.has(name)) continue;
    found.add(name);
    queue.push(...leadsTo(name));
  }
  return found;
}

/** As it travels. */
function bytesOf(name) {
  const source = readFileSync(join(dist, name));
  return /\.png$/.test(name) ? source.byteLength : gzipSync(source, { level: 9 }).byteLength;
}

function isKeptRight() {
  const listed = JSON.parse(/\[\{"(?:desk|revision)"[^\]]*\]/.exec(read("sw.js"))[0]);
  const phone = new Set(listed.filter((one) => !one.desk).map(({ url }) => url));
  const apart = new Set(listed.filter((one) => one.desk).map(({ url }) => url));
  const host = ofHost();
  const built = readdirSync(assets).map((name) => `assets/${name}`);
  const missing = [...host].filter((name) => !phone.has(name));
  const tooMany = built.filter((name) => phone.has(name) && !host.has(name));
  const lost = built.filter((name) => !phone.has(name) && !apart.has(name));
  for (const name of missing) console.error(`A host can reach ${name}, and no phone keeps it.`);
  for (const name of tooMany) console.error(`Every phone keeps ${name}, and no host can reach it.`);
  for (const name of lost) console.error(`${name} is in no list of the service worker.`);
  const sum = (names) => [...names].reduce((total, name) => total + bytesOf(name), 0);
  console.log(`${String(sum(phone)).padStart(8)}  bytes gzip in ${phone.size} files: kept by every phone`);
  console.log(
    `${String(sum(apart)).padStart(8)}  bytes gzip in ${apart.size} files: kept where the desk is opened`,
  );
  return missing.length + tooMany.length + lost.length === 0;
}

const start = closure(entries);
const both = closure([...entries, join(assets, desk)]);
const isApart = !start.has(join(assets, desk));
if (!isApart) console.error("A phone's start holds the desk.");
const fits = [isWithin("start", start, START_BYTES), isWithin("desk", both, DESK_BYTES), isKeptRight()];
if (!isApart || fits.includes(false)) process.exit(1);
