// Draws the PNG icons from the SVGs with a headless Chromium. Run by hand when a drawing changes; the PNGs are kept.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const icons = resolve(dirname(fileURLToPath(import.meta.url)), "../public/icons");
const work = mkdtempSync(join(tmpdir(), "icons-"));

for (const [svg, png, size_px] of [
  ["lykta.svg", "lykta-192.png", 192],
  ["lykta.svg", "lykta-512.png", 512],
  ["lykta-maskable.svg", "lykta-180.png", 180],
  ["lykta-maskable.svg", "lykta-maskable-192.png", 192],
  ["lykta-maskable.svg", "lykta-maskable-512.png", 512],
]) {
  const page = join(work, "page.html");
  const style = `html,body{margin:0;background:transparent}svg{display:block;width:${size_px}px}`;
  writeFileSync(page, `<style>${style}</style>${readFileSync(join(icons, svg), "utf8")}`);
  execFileSync(process.env.CHROMIUM ?? "chromium", [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--default-background-color=00000000",
    "--force-device-scale-factor=1",
    `--window-size=${size_px},${size_px}`,
    `--user-data-dir=${join(work, "profile")}`,
    `--screenshot=${join(icons, png)}`,
    `file://${page}`,
  ]);
}
rmSync(work, { recursive: true });
