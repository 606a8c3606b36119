// Runs Lighthouse on one address: `node lighthouse.mjs ADDRESS desktop|mobile CHROMIUM [FLAG …]`.
// Prints one line of JSON: the scores from 0 to 100, a few measures, and what cost points.
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const [address, device, chromePath, ...chromeFlags] = process.argv.slice(2);
const categories = ["performance", "accessibility", "best-practices"];
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", ...chromeFlags] });
try {
  const result = await lighthouse(
    address,
    { port: chrome.port, onlyCategories: categories, logLevel: "error" },
    device === "desktop" ? desktopConfig : undefined,
  );
  const { audits, categories: found, runtimeError } = result.lhr;
  if (runtimeError) throw new Error(runtimeError.message);
  const measure = (name) => audits[name].numericValue;
  const costs = (category) =>
    found[category].auditRefs
      .map(({ id, weight }) => ({ ...audits[id], weight }))
      .filter(({ weight, score }) => weight > 0 && score !== null && score < 0.9)
      .map(({ title, displayValue }) => [title, displayValue].filter(Boolean).join(": "));
  console.log(
    JSON.stringify({
      scores: Object.fromEntries(categories.map((c) => [c, Math.round(100 * found[c].score)])),
      paint: measure("first-contentful-paint"),
      largest: measure("largest-contentful-paint"),
      blocked: measure("total-blocking-time"),
      shift: measure("cumulative-layout-shift"),
      complaints: categories.flatMap(costs),
    }),
  );
} finally {
  chrome.kill();
}
