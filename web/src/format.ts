/** Numbers and counts as the page writes them. */

const grouped = new Intl.NumberFormat("en-US");

/** 1234 -> "1,234" */
export function count(value: number): string {
  return grouped.format(value);
}

/** "1 epoch", "1,234 epochs" */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/**
 * A Python float, short enough for a box in a graph: at most `digits` significant digits, a
 * point even where nothing follows it (2.0), and an exponent only where it is needed.
 */
export function float(value: number, digits = 5): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "−inf";
  const size = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? "−" : "";
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return sign + exponential(size, digits);
  // Digits before the point are never rounded away: 12,345.6 keeps them all.
  const whole = size < 1 ? 1 : Math.floor(Math.log10(size)) + 1;
  const rounded = Number(size.toPrecision(Math.max(digits, whole)));
  return sign + (Number.isInteger(rounded) ? `${rounded}.0` : String(rounded));
}

function exponential(size: number, digits: number): string {
  const [mantissa = "", exponent = ""] = size.toExponential(Math.max(0, digits - 2)).split("e");
  const trimmed = mantissa.replace(/\.?0+$/, "");
  return `${trimmed}e${exponent.replace("+", "").replace("-", "−")}`;
}

/** A loss for the status line: its width hardly changes while it falls, even to just below 0. */
export function loss(value: number): string {
  if (!Number.isFinite(value)) return float(value);
  const size = Math.abs(value);
  if (size >= 1000 || (size < 0.01 && size > 0)) return value.toExponential(2);
  return value.toFixed(size < 0.1 ? 4 : 2);
}

/** "3.1 of 9.6 MB" */
export function bytes(loaded: number, total: number | undefined): string {
  const mega = (value: number) => (value / 1e6).toFixed(1);
  return total ? `${mega(Math.min(loaded, total))} of ${mega(total)} MB` : `${mega(loaded)} MB`;
}

/** A time in words as long as it deserves: "12 µs", "3.4 ms", "1.25 s" */
export function duration(seconds: number): string {
  if (seconds < 0.0001) return `${(seconds * 1e6).toFixed(seconds < 0.00001 ? 1 : 0)} µs`;
  if (seconds < 1) return `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms`;
  return `${seconds.toFixed(2)} s`;
}

/** "64 kB", "1.2 MB" */
export function memory(size: number): string {
  return size < 1e6 ? `${Math.ceil(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}

/** ["x", "y", "z"] -> "x, y and z" */
export function listed(things: readonly string[]): string {
  return [things.slice(0, -1).join(", "), ...things.slice(-1)].filter(Boolean).join(" and ");
}

/** " in line 3", or in which line of which file, as part of a sentence; empty if nobody knows. */
export function inLine({ file, line }: { file: string | null; line: number | null }): string {
  return line === null ? "" : ` in line ${line}${file ? ` of ${file}` : ""}`;
}
