/**
 * What the page asks of the browser and may not get, and what it does without.
 *
 * A service may be absent (plain HTTP, an older browser), refuse when it is asked (blocked cookies, a
 * frame in a page of another site, a private window), or refuse later (no room left, data cleared).
 * None is needed to run Python. The tests take each away in each of these ways.
 */
export const SERVICES = {
  localStorage: "Texts are kept for as long as the page is open, and the page says so.",
  sessionStorage: "A reload begins anew, and the page says so.",
  indexedDB: "Work on the assignment is written ahead to localStorage, or the page says it isn’t kept.",
  BroadcastChannel: "Another tab sees a change when it next reads it.",
  "navigator.locks": "A worker that ended in silence is noticed when it is next asked; nothing is cleaned away.",
  "navigator.serviceWorker": "Nothing is there without a network, and the page says so.",
  caches: "The same: each visit asks the network.",
  SharedArrayBuffer: "Stop ends the worker and starts another, where it could interrupt it.",
  "crypto.subtle": "The browser checks files itself, as a whole; how much has come is seen at the end.",
  "navigator.clipboard": "Copy says that the text has to be selected by hand.",
  requestIdleCallback: "What can wait waits for a moment’s time instead.",
} as const;
