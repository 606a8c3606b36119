/**
 * Makes the language's own objects unchangeable: what learners' code does to `Array.prototype`, say,
 * would be done to this worker's program, and to Pyodide's.
 */

/** What no name of the global object leads to. */
const NAMELESS: readonly unknown[] = [
  () => undefined,
  async () => undefined,
  function* () {},
  async function* () {},
  [][Symbol.iterator](),
  new Map()[Symbol.iterator](),
  new Set()[Symbol.iterator](),
  ""[Symbol.iterator](),
  "".matchAll(/a/g),
  ...laterIterators(),
  Object.getPrototypeOf(Int8Array),
].map((one) => Object.getPrototypeOf(one as object) as unknown);

/** Those that not every browser has. */
function laterIterators(): object[] {
  const values = [][Symbol.iterator]() as unknown as { map?: (of: () => void) => object };
  const { Iterator } = globalThis as { Iterator?: { from?(one: object): object } };
  const segments = "Segmenter" in Intl ? new Intl.Segmenter().segment("a") : null;
  const found = [
    values.map?.(() => undefined),
    Iterator?.from?.({ next: () => ({ done: true }) }),
    segments,
    segments?.[Symbol.iterator](),
  ];
  return found.filter((one): one is object => Boolean(one));
}

/** Freezes these, and all that their properties lead to; but not what is `outside`. */
export function harden(roots: readonly unknown[], outside: readonly unknown[]): void {
  letOverride(Object.prototype, ["constructor", "toString", "valueOf"]);
  letOverride(Error.prototype, ["name", "message", "toString"]);
  const seen = new Set<unknown>(outside);
  const waiting = [...roots, ...NAMELESS];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (!isObject(one) || seen.has(one)) continue;
    seen.add(one);
    waiting.push(Object.getPrototypeOf(one));
    for (const { value, get, set } of Object.values(Object.getOwnPropertyDescriptors(one))) {
      waiting.push(value, get, set);
    }
    if (one === Error) freezeError();
    else freeze(one);
  }
}

/** Lets objects be given properties of their own by these names, which a frozen one would forbid. */
function letOverride(holder: object, names: readonly string[]): void {
  for (const name of names) {
    const inherited = (holder as Record<string, unknown>)[name];
    Object.defineProperty(holder, name, {
      get: () => inherited,
      set(this: object, value: unknown) {
        if (this === holder) throw new TypeError(`${name} can’t be changed.`);
        const own = { value, writable: true, enumerable: true, configurable: true };
        Object.defineProperty(this, name, own);
      },
    });
  }
}

function freeze(one: object): void {
  try {
    Object.freeze(one);
  } catch {
    // Some browser's own object that can't be.
  }
}

/**
 * Pyodide sets how long a stack may be told. What V8 would call for each stack, and hand the
 * functions on it to, there is none of.
 */
function freezeError(): void {
  const fixed = Object.getOwnPropertyDescriptors(Error);
  for (const descriptor of Object.values(fixed)) {
    descriptor.configurable = false;
    if ("value" in descriptor) descriptor.writable = false;
  }
  Object.defineProperties(Error, {
    ...fixed,
    prepareStackTrace: { value: undefined },
    stackTraceLimit: { value: 10, writable: true },
  });
  Object.preventExtensions(Error);
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
