/**
 * The service worker: it keeps the site, so that it works without a network, and adds the
 * headers of isolation where a host sends none.
 *
 * Nearly all files have names that change with their content, so those of several versions live
 * side by side in one cache: an open page goes on with its own while a reload gets the new ones.
 * `index.html` ties a version together. Whatever goes wrong with the cache, the network is asked.
 */
import { lockOf, type Site, type Standing } from "./versions";

declare const SITE: Site;
const worker = self as unknown as ServiceWorkerGlobalScope;

const scope = worker.registration.scope;
// Other sites may share the origin, as project pages do.
const CACHE = `minitorch ${scope}`;
const AT_A_TIME = 4;

const files = new Map(Object.entries({ ...SITE.core, ...SITE.later }));
const namedByContent = new RegExp(SITE.namedByContent);

worker.addEventListener("install", (event) => {
  event.waitUntil(alone(install).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

worker.addEventListener("message", (event) => {
  event.waitUntil(welcome(event.source));
});

worker.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== null) event.respondWith(answer(path, event));
});

/** The file that a request is for; null if it is none of ours. */
function pathOf({ method, url }: Request): string | null {
  if (method !== "GET" || !url.startsWith(scope)) return null;
  const path = url.slice(scope.length).replace(/[?#].*/, "") || "index.html";
  return files.has(path) || namedByContent.test(path) ? path : null;
}

/** Where a file is stored: those whose name says nothing of their content get their hash. */
function keyOf(path: string): string {
  return scope + (namedByContent.test(path) ? path : `${path}?${files.get(path)}`);
}

async function answer(path: string, event: FetchEvent): Promise<Response> {
  // Who reloads a file has found what is kept of it damaged.
  const isWanted = event.request.cache !== "reload";
  const kept = isWanted && ((await findCompiled(path, event.request)) ?? (await find(path)));
  if (kept) return kept;
  const listed = files.has(path) ? await fetchListed(path).catch(() => null) : null;
  if (!listed) return rebuild(path, await fetch(event.request));
  event.waitUntil(store(path, listed.clone()).catch(() => undefined));
  return listed;
}

/**
 * Python's program, as the browser's own cache has it: with that goes the machine code that a visit
 * before this worker was there has left. To what is stored here it would be added a visit later.
 */
async function findCompiled(path: string, request: Request): Promise<Response | undefined> {
  if (!path.endsWith("/pyodide.asm.wasm")) return undefined;
  const only = new Request(request, { cache: "only-if-cached", mode: "same-origin" });
  const found = await fetch(only).catch(() => undefined);
  return found?.ok ? found : undefined;
}

function find(path: string): Promise<Response | undefined> {
  return caches.match(keyOf(path), { cacheName: CACHE }).catch(() => undefined);
}

/** Fetches one of the listed files, and refuses any other content than the one listed. */
async function fetchListed(path: string): Promise<Response> {
  // Many hosts send "index.html" elsewhere: to the folder, which is the address of the page.
  const url = scope + (path === "index.html" ? "" : path);
  // What is named by its content may come out of the browser's own cache, if it is right there.
  const ways: RequestCache[] = namedByContent.test(path) ? ["default", "reload"] : ["no-cache"];
  for (const cache of ways) {
    const asked = fetch(url, { cache, integrity: files.get(path) ?? "" });
    const response = await asked.catch(() => null);
    if (response?.ok) return rebuild(path, response);
  }
  throw new Error(`${path} did not arrive as it should.`);
}

async function store(path: string, response: Response): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.put(keyOf(path), response);
}

/** The same content, with our headers, and none that told of how it was sent. */
function rebuild(path: string, response: Response): Response {
  if (response.type === "opaqueredirect" || response.type === "error") return response;
  const headers = new Headers(headersOf(path));
  const type = response.headers.get("Content-Type");
  if (type) headers.set("Content-Type", type);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

function headersOf(path: string): Record<string, string> {
  const { all, scripts } = SITE.headers;
  return /\.m?js$/.test(path) ? { ...all, ...scripts } : all;
}

// ----------------------------------------------------------------------------------- Versions

function ownKeys(): string[] {
  return [...files.keys()].map(keyOf);
}

/** The list of a version's files, which is stored with them. */
function listOf(version: string): string {
  return `${scope}?list=${version}`;
}

/**
 * Fetches what is not here yet. If anything fails, so does the installation, and the version in
 * use stays; what has arrived stays as well, and the next attempt goes on from there.
 */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  // First of all: what a list names is not cleaned away.
  await cache.put(listOf(SITE.version), Response.json(ownKeys()));
  const left = Object.keys(SITE.core);
  const work = async () => {
    for (let path = left.pop(); path; path = left.pop()) await provide(cache, path);
  };
  const giveUp = (error: unknown) => {
    left.length = 0;
    throw error;
  };
  const workers = Array.from({ length: AT_A_TIME }, () => work().catch(giveUp));
  for (const end of await Promise.allSettled(workers)) {
    if (end.status === "rejected") throw end.reason;
  }
}

async function provide(cache: Cache, path: string): Promise<void> {
  const kept = await cache.match(keyOf(path));
  if (!kept) return cache.put(keyOf(path), await fetchListed(path));
  // Its content is right; the headers may be those of an older version.
  const isUpToDate = Object.entries(headersOf(path)).every(
    ([name, value]) => kept.headers.get(name) === value,
  );
  if (!isUpToDate) await cache.put(keyOf(path), rebuild(path, kept));
}

async function takeOver(): Promise<void> {
  await worker.clients.claim();
  const said = await standing();
  for (const page of await openPages()) page.postMessage(said);
  await clean();
}

/** Answers a page that says hello, and looks after what is stored. */
async function welcome(page: ExtendableMessageEvent["source"]): Promise<void> {
  let said = await standing();
  if (!said.complete) {
    // The storage was cleared since the installation.
    await alone(install).catch(() => undefined);
    said = await standing();
  }
  page?.postMessage(said);
  await clean();
}

async function standing(): Promise<Standing> {
  const stored = new Set<string>(await storedKeys().catch(() => []));
  const complete = Object.keys(SITE.core).every((path) => stored.has(keyOf(path)));
  return { version: SITE.version, complete };
}

async function storedKeys(): Promise<string[]> {
  const cache = await caches.open(CACHE);
  return (await cache.keys()).map((request) => request.url);
}

/** Deletes the files that neither this version nor any open page needs. */
async function clean(): Promise<void> {
  await alone(deleteUnused).catch(() => undefined);
}

async function deleteUnused(): Promise<void> {
  const versions = await versionsInUse();
  if (!versions) return;
  const cache = await caches.open(CACHE);
  const stored = await storedKeys();
  // The list that came last may be of a version that is still being installed.
  const last = stored.findLast((url) => url.startsWith(listOf("")));
  const lists = [...versions.map(listOf), ...(last ? [last] : [])];
  const needed = new Set([...lists, ...ownKeys()]);
  for (const list of lists) {
    const found = await cache.match(list);
    for (const url of found ? ((await found.json()) as string[]) : []) needed.add(url);
  }
  await Promise.all(stored.filter((url) => !needed.has(url)).map((url) => cache.delete(url)));
}

/** The versions of all open pages and this one; null while some page has not said its own. */
async function versionsInUse(): Promise<string[] | null> {
  if (!("locks" in navigator)) return null;
  const prefix = lockOf(scope, "");
  const { held } = await navigator.locks.query().catch(() => ({ held: null }));
  if (!held) return null;
  const names = held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
  if (names.length < (await openPages()).length) return null;
  return [SITE.version, ...names.map((name) => name.slice(prefix.length))];
}

async function openPages(): Promise<readonly WindowClient[]> {
  const all = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter(({ url }) => url.startsWith(scope));
}

/** Installing and cleaning wait for each other, also across two versions of this program. */
async function alone<T>(task: () => Promise<T>): Promise<T> {
  let begun = false;
  const begin = () => ((begun = true), task());
  try {
    return await navigator.locks.request(CACHE, begin);
  } catch (error) {
    // Where there are no locks, or they are refused, it is done without.
    if (begun) throw error;
    return task();
  }
}
