/** The map is painted by WebGL, which cannot read CSS: the tokens are read once per theme and handed over as values. */

const NAMES = ["ground", "raised", "line", "edge", "text", "quiet", "lantern", "danger"] as const;
const TOKEN_OF_ON_LANTERN = "--on-lantern";

export type MapColours = Record<(typeof NAMES)[number] | "onLantern", string>;

/** Dark, for a document without the style sheet (tests): the map must still draw. */
const FALLBACK: MapColours = {
  ground: "#0e1116",
  raised: "#171c24",
  line: "#2a323d",
  edge: "#6c7684",
  text: "#f2efe8",
  quiet: "#a9b1bd",
  lantern: "#f5b942",
  danger: "#ff8a80",
  onLantern: "#1d1503",
};

export function readColours(root: Element = document.documentElement): MapColours {
  const style = getComputedStyle(root);
  const read = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  const colours: MapColours = {
    ...FALLBACK,
    onLantern: read(TOKEN_OF_ON_LANTERN, FALLBACK.onLantern),
  };
  for (const name of NAMES) colours[name] = read(`--${name}`, FALLBACK[name]);
  return colours;
}

/** Calls back when the theme changes, whether chosen in settings or by the system. Returns how to stop. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-theme"],
  });
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", changed);
  };
}
