/**
 * The worker: Python runs here, so that the page never waits for it.
 *
 * It loads Pyodide and our packages (`load.ts`), and passes each call on to the function of the
 * bridge (`web/bridge`) that has its name, unless there is something to add.
 */
import { answerThrough, type Handlers } from "../protocol/messages";
import type { PythonInfo } from "../protocol/starting";
import { complete, expectRest } from "./library";
import { load } from "./load";
import { setTimeout } from "./own";
import { fetchPackages, wheel } from "./packages";
import { ask, callCount, noted, takeUp } from "./python";
import { training } from "./training";

/** What is done in advance waits for so long, in milliseconds, for something better to do. */
const IDLE_MS = 150;

/** A browser that neither gives the lock nor refuses it is not waited for any longer. */
const LOCK_MS = 500;

const PYTEST = ["pytest", "hypothesis"];

/** Where the site has its packages, once Python has started. */
let packages = { lock: "", place: "" };

const handlers: Handlers = {
  async start(tell, options) {
    // First of all: a worker that has told anything is missed when it ends.
    void tell({ holdsLock: await hold(options.lifeLock) });
    const { python, parts } = await load(options, (progress) => void tell(progress));
    packages = { lock: parts.lock, place: options.places.packages };
    const { lock } = packages;
    takeUp(python, options.interrupt, { lock, wheel: (name) => wheel(packages, String(name)) });
    expectRest(options.places.rest, options.hashes);
    if (options.files) ask("workspace.lay", options.files);
    const info = ask<PythonInfo>("workspace.info");
    // Learners' files run when they are asked to, and not before.
    if (!options.files) setTimeout(warmUp, IDLE_MS, callCount());
    return { info, parts };
  },

  complete: (tell) => complete((waits) => void tell({ waits })),

  beat() {},

  ...training,

  "programs.leftovers"() {
    return noted.size > 0 ? [...noted] : ask("programs.leftovers");
  },

  async "checking.prepare"() {
    await complete();
    await fetchPackages(PYTEST, packages, () => undefined);
    return ask("checking.prepare");
  },

  async "checking.recognise"(_, ...given) {
    // It may be another Python than that of the tests, if these left something behind.
    await fetchPackages(PYTEST, packages, () => undefined);
    return ask("checking.recognise", ...given);
  },

  async "checking.runTests"(tell, files, args) {
    await complete();
    await fetchPackages(PYTEST, packages, (progress) => void tell({ progress }));
    return ask("checking.runTests", files, args, (news: never) => void tell(news));
  },
};

/** Holds a Web Lock for as long as the worker lives, if the browser lets it; tells whether. */
function hold(name: string | null): Promise<boolean> {
  return new Promise((tell) => {
    if (name === null) return tell(false);
    setTimeout(tell, LOCK_MS, false);
    const held = () => {
      tell(true);
      return new Promise(() => undefined);
    };
    // As where cookies are blocked, or in a frame on another site's page.
    navigator.locks.request(name, held).catch(() => tell(false));
  });
}

/** The first program takes ten times as long as those that follow: best if nobody waits. */
function warmUp(calls: number): void {
  if (calls !== callCount()) return;
  ask("programs.prepare");
  ask("programs.watch");
}

/** What a browser has sent, and nothing that code has made up. */
const port = {
  postMessage: self.postMessage.bind(self),
  addEventListener(type: "message", listener: (event: MessageEvent) => void) {
    self.addEventListener(type, (event) => {
      if (event.isTrusted) listener(event as MessageEvent);
    });
  },
};

answerThrough(port, handlers, (name, args) => ask(name, ...args));
