// Takes services of the browser away from a page: `way` is "absent", or "refuses" for those that
// are there and answer nobody. Evaluated by test_services.py.
([names, way]) => {
  const refusal = () => new DOMException("Refused by the test.", "SecurityError");
  const refuse = () => {
    throw refusal();
  };
  const refuseLater = () => Promise.reject(refusal());
  class Refusing {
    constructor() {
      refuse();
    }
  }
  // What answers at once, or throws; everything else gives promises.
  const AT_ONCE = ["getItem", "setItem", "removeItem", "key", "open"];

  const find = (path) => path.split(".").reduce((at, name) => at?.[name], globalThis);

  /** The object itself and those it inherits from, up to what every service inherits from. */
  function* chain(object) {
    const ends = [null, Object.prototype, EventTarget.prototype];
    for (let at = object; !ends.includes(at); at = Object.getPrototypeOf(at)) yield at;
  }

  function methods(service) {
    const all = [...chain(service)].flatMap((one) =>
      Object.entries(Object.getOwnPropertyDescriptors(one)),
    );
    const isMethod = ([name, { value }]) => typeof value === "function" && name !== "constructor";
    return all.filter(isMethod).map(([name]) => name);
  }

  function replace(owner, name, path) {
    const service = find(path);
    if (typeof service === "function") {
      Object.defineProperty(owner, name, { configurable: true, value: Refusing });
    } else if (name.endsWith("Storage")) {
      Object.defineProperty(owner, name, { configurable: true, get: refuse });
    } else {
      for (const method of methods(service)) {
        if (method === "startMessages") continue;
        service[method] = AT_ONCE.includes(method) && name !== "caches" ? refuse : refuseLater;
      }
    }
  }

  for (const path of names) {
    const name = path.split(".").at(-1);
    const above = path.includes(".") ? find(path.slice(0, path.lastIndexOf("."))) : globalThis;
    const owner = [...chain(above)].find((one) => Object.hasOwn(one, name));
    if (!owner) continue;
    if (way === "absent") delete owner[name];
    else replace(owner, name, path);
  }
};
