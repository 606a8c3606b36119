/**
 * What data from the worker has to look like: of what types it is, and how much there may be of it.
 * The learner's code runs there and can bend what answers; and no page survives a million texts.
 */

/** Tells whether a value is a T, and no larger than one may be. */
export interface Shape<T> {
  (value: unknown): boolean;
  /** Only for the types. */
  readonly of?: T;
}

export const flag: Shape<boolean> = (value) => typeof value === "boolean";
export const number: Shape<number> = (value) => typeof value === "number";
/** For what has no answer, whatever stands for that. */
export const nothing: Shape<void> = (value) => value === null || value === undefined;

/** A whole number from 0 on. */
export function whole(most = 1e9): Shape<number> {
  return (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
}

export function text(longest: number): Shape<string> {
  return (value) => typeof value === "string" && value.length <= longest;
}

export function oneOf<const T extends string>(...words: T[]): Shape<T> {
  return (value) => words.includes(value as T);
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value) => value === null || shape(value);
}

export function either<A, B>(one: Shape<A>, other: Shape<B>): Shape<A | B> {
  return (value) => one(value) || other(value);
}

export function list<T>(shape: Shape<T>, most: number): Shape<T[]> {
  return (value) => Array.isArray(value) && value.length <= most && value.every(shape);
}

export function column(most: number): Shape<Float64Array> {
  return (value) => value instanceof Float64Array && value.length <= most;
}

/** An object with all of these properties, and no others. */
export function record<T>(shapes: { readonly [K in keyof T]-?: Shape<T[K]> }): Shape<T> {
  const known = Object.entries<Shape<unknown>>(shapes);
  return (value) =>
    isObject(value) &&
    Object.keys(value).length === known.length &&
    known.every(([name, shape]) => Object.hasOwn(value, name) && shape(value[name]));
}

/** What is a T and has its parts agree. */
export function where<T>(shape: Shape<T>, agrees: (value: T) => boolean): Shape<T> {
  return (value) => shape(value) && agrees(value as T);
}

/** Whatever plain data, in so many parts at most, and so many characters in all. */
export function plain<T>(parts: number, characters: number): Shape<T> {
  return (value) => {
    const room = { parts, characters };
    return takes(room, value);
  };
}

function takes(room: { parts: number; characters: number }, value: unknown): boolean {
  room.parts -= 1;
  if (typeof value === "string") room.characters -= value.length;
  if (room.parts < 0 || room.characters < 0) return false;
  if (ArrayBuffer.isView(value)) return (room.parts -= value.byteLength / 8) >= 0;
  if (Array.isArray(value)) {
    return value.length <= room.parts && value.every((one) => takes(room, one));
  }
  if (!isObject(value)) return typeof value !== "function";
  for (const name in value) {
    if (!takes(room, name) || !takes(room, value[name])) return false;
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
