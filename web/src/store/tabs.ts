/** Tells other tabs of this browser that a key has changed; where it can't, they see it later. */

interface Message {
  collection: string;
  key: string;
}

type Listener = (key: string) => void;

const listeners = new Map<string, Listener>();
const channel = makeChannel();

function makeChannel(): BroadcastChannel | null {
  try {
    const made = new BroadcastChannel("minitorch.store");
    made.onmessage = ({ data }: MessageEvent<Message>) => {
      listeners.get(data.collection)?.(data.key);
    };
    return made;
  } catch {
    return null;
  }
}

/** This page's name among the tabs. It is another one after a reload. */
export const TAB = `tab-${Math.random().toString(36).slice(2, 10)}`;

export function tellTabs(collection: string, key: string): void {
  try {
    channel?.postMessage({ collection, key } satisfies Message);
  } catch {
    // Others see it later.
  }
}

/** Hears what other tabs tell of a collection; it has one listener. */
export function hearTabs(collection: string, listener: Listener): void {
  listeners.set(collection, listener);
}
