/**
 * The browser's database: the copies of each key of each collection, in one object store.
 *
 * It may be missing, refuse when it is asked (a private window, blocked cookies, a frame of another
 * site), refuse later (no room left), never answer, or be deleted while the page is open. Each of
 * these rejects; the next use tries again.
 */
import type { Copy } from "./copies";

const NAME = "minitorch";
const STORE = "copies";
/** A database that has not answered by then is left alone for the time being. */
const PATIENCE_MS = 5000;

type Copies<T> = Copy<T>[];
type Key = [collection: string, key: string];

/** The copies of one key. */
export function read<T>(collection: string, key: string): Promise<Copies<T>> {
  return use("readonly", async (store) => {
    return ((await answer(store.get([collection, key]))) ?? []) as Copies<T>;
  });
}

/** The copies of all keys of a collection. */
export function readAll<T>(collection: string): Promise<Map<string, Copies<T>>> {
  return use("readonly", async (store) => {
    const range = all(collection);
    const [keys, values] = await Promise.all([
      answer(store.getAllKeys(range)),
      answer(store.getAll(range)),
    ]);
    return new Map((keys as Key[]).map(([, key], i) => [key, values[i] as Copies<T>]));
  });
}

/** Makes of the copies of a key what `change` makes of them, as one step; gives the new ones. */
export function update<T>(
  collection: string,
  key: string,
  change: (copies: Copies<T>) => Copies<T>,
): Promise<Copies<T>> {
  return use("readwrite", async (store) => {
    const place: Key = [collection, key];
    const copies = change(((await answer(store.get(place))) ?? []) as Copies<T>);
    if (copies.length > 0) store.put(copies, place);
    else store.delete(place);
    return copies;
  });
}

/** Deletes the oldest keys of a collection, so that so many stay at most; gives the deleted. */
export function shorten(collection: string, most: number): Promise<string[]> {
  return use("readwrite", async (store) => {
    const range = all(collection);
    if ((await answer(store.count(range))) <= most) return [];
    const keys = (await answer(store.getAllKeys(range))) as Key[];
    const times = ((await answer(store.getAll(range))) as Copies<unknown>[]).map(
      (copies) => copies[0]?.time ?? 0,
    );
    const oldest = keys
      .map((place, i) => ({ place, time: times[i] ?? 0 }))
      .sort((a, b) => b.time - a.time)
      // Some more than need be: then this is not done at every change.
      .slice(Math.ceil(most * 0.9));
    for (const { place } of oldest) store.delete(place);
    return oldest.map(({ place }) => place[1]);
  });
}

function all(collection: string): IDBKeyRange {
  return IDBKeyRange.bound([collection], [collection, []]);
}

/** Runs a transaction; once more where the connection turns out to be closed. */
async function use<R>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<R>,
): Promise<R> {
  const database = await connect();
  try {
    return await transact(database, mode, work);
  } catch (error) {
    const { name } = error as DOMException;
    if (name !== "InvalidStateError" && name !== "AbortError") throw error;
    leave(database);
    return transact(await connect(), mode, work);
  }
}

async function transact<R>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<R>,
): Promise<R> {
  const transaction = database.transaction(STORE, mode);
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    // Where there was no room, only the transaction knows.
    transaction.onabort = () => reject(transaction.error ?? new DOMException("", "AbortError"));
  });
  const [result] = await inTime(Promise.all([work(transaction.objectStore(STORE)), done]));
  return result;
}

let connection: Promise<IDBDatabase> | null = null;
let current: IDBDatabase | null = null;

/** The one connection. Where no answer comes, it is waited for once. */
function connect(): Promise<IDBDatabase> {
  if (connection) return connection;
  const opening = open();
  opening.then(
    () => (connection = opening),
    () => (connection = null),
  );
  return (connection = inTime(opening));
}

function leave(database: IDBDatabase): void {
  database.close();
  if (current === database) connection = current = null;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    // Even to look for it may be forbidden: what is thrown here rejects.
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = (current = request.result);
      // Another page deletes it or makes it a newer one, and would have to wait for this one.
      database.onversionchange = () => leave(database);
      database.onclose = () => leave(database);
      resolve(database);
    };
  });
}

function answer<R>(request: IDBRequest<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function inTime<R>(promise: Promise<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new DOMException("The database does not answer.", "TimeoutError"));
    const timer = setTimeout(late, PATIENCE_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
