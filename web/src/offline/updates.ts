/**
 * The page's end of the service worker (`sw.ts`): starts it when there is nothing better to do,
 * asks for new versions now and then, and says when one is ready. It never reloads by itself.
 */
import { effect, signal } from "@preact/signals";
import { status } from "../python/client";
import { lockOf, type Standing } from "./versions";

/** Whether this page would work without a network; "unknown" while that is being prepared. */
export const offline = signal<"unknown" | "ready" | "refused">("unknown");

/** The version that a reload would show, where it is another than this page's. */
export const newVersion = signal<string | null>(null);

const AN_HOUR = 3_600_000;
const BETWEEN_QUESTIONS = 300_000;

const version = document.querySelector<HTMLMetaElement>("meta[name=version]")?.content ?? "";
const scope = new URL("./", document.baseURI).href;

/** Lets the site work offline, and keeps it up to date; where a browser can't, that is all. */
export function stayUpToDate(): void {
  const workers = serviceWorkers();
  if (!workers) {
    offline.value = "refused";
    return;
  }
  holdVersion();
  workers.addEventListener("message", ({ data }) => hear(data as Standing));
  workers.startMessages();
  whenPythonHasStarted(() => {
    void begin();
  });
}

/** Without HTTPS there are none; even to look for them may be forbidden. */
function serviceWorkers(): ServiceWorkerContainer | null {
  try {
    return (window.isSecureContext && navigator.serviceWorker) || null;
  } catch {
    return null;
  }
}

/** Holds this version's lock for as long as the page is open: its files are still needed. */
function holdVersion(): void {
  const forEver = () => new Promise(() => undefined);
  // Where locks are refused, the service worker cleans nothing away.
  navigator.locks?.request(lockOf(scope, version), { mode: "shared" }, forEver).catch(() => undefined);
}

function hear(standing: Standing): void {
  if (standing.version === version) {
    newVersion.value = null;
    offline.value = standing.complete ? "ready" : "refused";
  } else if (navigator.serviceWorker.controller) {
    newVersion.value = standing.version;
  } else {
    // A reload that passed the service worker by has brought a newer page than it knows.
    void askForUpdate();
  }
}

/** Waits for Python, ready or failed, and then for a moment without work. */
function whenPythonHasStarted(then: () => void): void {
  const idle = window.requestIdleCallback ?? ((callback: () => void) => setTimeout(callback, 200));
  const stop = effect(() => {
    if (status.value.phase === "loading") return;
    queueMicrotask(() => {
      stop();
      idle(then);
    });
  });
}

async function begin(): Promise<void> {
  await register();
  let asked = performance.now();
  const ask = async () => {
    if (document.hidden || performance.now() - asked < BETWEEN_QUESTIONS) return;
    asked = performance.now();
    await register();
    await askForUpdate();
  };
  document.addEventListener("visibilitychange", () => void ask());
  setInterval(() => void ask(), AN_HOUR);
}

async function askForUpdate(): Promise<void> {
  try {
    await (await navigator.serviceWorker.getRegistration())?.update();
  } catch {
    // There may be no network, or no leave to ask any more.
  }
}

/** Starts the service worker, or finds it started; says hello to one that is at work. */
async function register(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register("sw.js", {
      updateViaCache: "none",
    });
    if (registration.active) registration.active.postMessage("hello");
    else watch(registration.installing ?? registration.waiting);
  } catch {
    // A private window, no room, no network: the page works the same, but not offline.
    if (offline.value === "unknown") offline.value = "refused";
  }
}

/** The first installation tells of its success itself; its failure is seen here. */
function watch(installing: ServiceWorker | null): void {
  installing?.addEventListener("statechange", () => {
    if (installing.state === "redundant" && offline.value === "unknown") offline.value = "refused";
  });
}
