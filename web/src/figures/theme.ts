/**
 * The colours in use, for what CSS can't reach: the canvases that Bokeh draws on.
 *
 * `styles/tokens.css` is the one place that names them; here they are only read, again whenever
 * the reader's system turns dark or light.
 */
import { signal } from "@preact/signals";

const NAMES = [
  "paper",
  "surface",
  "ink",
  "muted",
  "line",
  "accent",
  "accent-soft",
  "zero",
  "one",
  "zero-soft",
  "half-soft",
  "one-soft",
  "edge",
  "alert-ink",
  "alert-back",
] as const;

export type ColorName = (typeof NAMES)[number];
export type Theme = Readonly<Record<ColorName, string>>;

function readTheme(style = getComputedStyle(document.documentElement)): Theme {
  const entries = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(entries) as Theme;
}

/** The light colours, whatever is in use: for pictures that leave the page. */
export function lightTheme(): Theme {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const root = rules.find(
    (rule): rule is CSSStyleRule => rule instanceof CSSStyleRule && rule.selectorText === ":root",
  );
  return readTheme(root?.style);
}

export const theme = signal<Theme>(readTheme());

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  theme.value = readTheme();
});

/** `steps` colours (at least 2) from one to the other, both included; all are written #rrggbb. */
export function blend(from: string, to: string, steps: number): string[] {
  const [a, b] = [channels(from), channels(to)];
  return Array.from({ length: steps }, (_, i) => {
    const share = i / (steps - 1);
    const mixed = a.map((value, k) => Math.round(value + ((b[k] ?? 0) - value) * share));
    return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  });
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
