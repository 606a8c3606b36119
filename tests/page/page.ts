/**
 * Tests of the page's TypeScript, run by Node: no browser, seconds in all.
 *
 * How to write one: put the tests of `web/src/<realm>/<module>.ts` into `<module>.test.ts` here,
 * with `test` of `node:test` and `assert` of `node:assert/strict`. What it tests it imports from
 * its place under `../../web/src/`, on a line of its own, so that a file that moves changes one
 * line. Each file of tests is bundled and run on its own and has a copy of its own of every
 * module, signals too, which Node runs as they are. `python3 build.py test tests/page` runs them
 * all, a file's path after it only that one, and `--test-name-pattern=word` those so named.
 *
 * A name says what is promised; a value that is expected is worked out by hand or by another way
 * than the code's. Break the code on purpose and see the test fail.
 *
 * `graphs.ts` has computation graphs, `clock.ts` a clock that stands still, `ports.ts` a worker
 * whose Python is the test, `python.ts` one that trains by itself. This module stands in for what a
 * browser has and Node has not. Import it before the modules that look for it when they are loaded
 * (`theme.ts`, say): imports run in the order written.
 */
import { FakeStorage } from "./fakestorage";

export const tab = new FakeStorage();
export const browser = new FakeStorage();

/** What CSS says of a colour; a test may change it and call `darken`. */
export const colors = new Map<string, string>();

// A test may stop the clock; this one goes on.
const { setTimeout: realTimeout } = globalThis;

/** Settles what waits for promises, and for timers of this length on a real clock. */
export function soon(milliseconds = 0): Promise<void> {
  return new Promise((resolve) => realTimeout(resolve, milliseconds));
}

const darkMode = Object.assign(new EventTarget(), { matches: false });

/** The reader's system turns dark, or light again. */
export function darken(isDark = true): void {
  darkMode.matches = isDark;
  darkMode.dispatchEvent(new Event("change"));
}

/** A window's address, and as much of its history as the page uses. */
export const address = {
  hash: "",
  state: null as unknown,
  /** Some browsers refuse a page that changes it too often. */
  isStuck: false,
  /** As after a click on a link, or on Back with the state of that entry. */
  goTo(hash: string, state: unknown = null): void {
    address.hash = hash;
    address.state = state;
    events.dispatchEvent(new Event("popstate"));
    events.dispatchEvent(new Event("hashchange"));
  },
};

/** The window's own events: "pagehide", "hashchange" … */
export const events = new EventTarget();

/** What the page lists for itself, as the build writes it into `index.html`. */
const ASSETS = {
  worker: "assets/worker.js",
  pyodide: "pyodide/",
  stdlib: "assets/stdlib.zip",
  rest: "assets/stdlib-rest.bin",
  python: "assets/python.zip",
  lock: "packages/lock.json",
  packages: "packages/",
  bokeh: "assets/bokeh.js",
  figures: {},
  bytes: 1000,
  hashes: {},
};

const fakes: Record<string, PropertyDescriptor> = {
  window: { value: globalThis },
  self: { value: globalThis },
  sessionStorage: { get: () => tab.look() },
  localStorage: { get: () => browser.look() },
  location: {
    value: {
      get hash() {
        return address.hash;
      },
    },
  },
  history: {
    value: {
      get state() {
        return address.state;
      },
      replaceState(state: unknown, _: string, hash: string) {
        if (address.isStuck) throw new DOMException("Too often.", "SecurityError");
        address.state = state;
        address.hash = hash;
      },
    },
  },
  document: {
    value: Object.assign(new EventTarget(), {
      documentElement: { style: {} },
      baseURI: "https://example.org/here/",
      hidden: false,
      visibilityState: "visible",
      getElementById: (id: string) =>
        id === "assets" ? { textContent: JSON.stringify(ASSETS) } : null,
    }),
  },
  getComputedStyle: {
    value: () => ({ getPropertyValue: (name: string) => colors.get(name) ?? "" }),
  },
  matchMedia: { value: () => darkMode },
  navigator: { value: { hardwareConcurrency: 2 } },
  crossOriginIsolated: { writable: true, value: false },
  requestAnimationFrame: { writable: true, value: (then: () => void) => setTimeout(then, 1) },
  addEventListener: { value: events.addEventListener.bind(events) },
  removeEventListener: { value: events.removeEventListener.bind(events) },
};
for (const [name, descriptor] of Object.entries(fakes)) {
  Object.defineProperty(globalThis, name, { configurable: true, ...descriptor });
}
