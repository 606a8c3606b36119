/** A name for given inputs: equal inputs have the same, so that a result is found by its inputs. */

/**
 * FNV-1a of some plain data, in 128 bits as 32 hexadecimal digits: no two inputs that a learner
 * comes by have the same. It is no secret, so no cryptography is needed, which browsers keep from
 * pages without HTTPS.
 *
 * Objects are equal whatever the order of their keys, and without those that are undefined.
 * Throws a TypeError for what is no data, such as a function or a Map.
 */
export function hashOf(inputs: unknown): string {
  return fnv1a(canonical(inputs));
}

/** The offset basis and the prime of FNV-1a, in 128 bits (draft-eastlake-fnv, section 5). */
const BASIS = 0x6c62272e07bb014262b821756295c58dn;
const PRIME = 0x1000000000000000000013bn;

export function fnv1a(text: string): string {
  let hash = BASIS;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * PRIME);
  }
  return hash.toString(16).padStart(32, "0");
}

/** The one text of all data that is equal; NaN, -0 and typed arrays are not as in JSON. */
function canonical(data: unknown): string {
  if (typeof data === "string") return JSON.stringify(data);
  if (typeof data === "number") return Object.is(data, -0) ? "-0" : String(data);
  if (typeof data === "bigint") return `${data}n`;
  if (typeof data === "boolean" || data == null) return String(data);
  if (Array.isArray(data)) return `[${data.map(canonical).join()}]`;
  if (ArrayBuffer.isView(data) && Symbol.iterator in data) {
    const numbers = [...(data as Iterable<number>)].map(canonical);
    return `${data.constructor.name}[${numbers.join()}]`;
  }
  const proto: unknown = typeof data === "object" ? Object.getPrototypeOf(data) : data;
  if (proto !== Object.prototype && proto !== null) {
    throw new TypeError(`Only plain data has a hash, and this is ${String(data)}.`);
  }
  const fields = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`);
  return `{${fields.join()}}`;
}
