/**
 * Calls between the page and its worker, as plain messages.
 *
 * The learner's code runs in the worker and may send what it likes: so the page only ever reads
 * the fields it knows, looks up a number that it gave out itself, and takes the rest as data. It
 * hands no functions over, and the worker has no way to call any.
 */
import type { Answer, Args, CallName, Told } from "./calls";

/** From the page: a call, or that what was told has been taken in. */
type ToWorker = { call: number; name: CallName; args: unknown[] } | { heard: number };

/** From the worker: news of a call, its answer, or the error that ended it. */
type ToPage = { call: number } & (
  | { told: unknown }
  | { answer: unknown }
  | { error: { name: string; message: string } }
);

/** Whatever messages come and go through: a Worker, or from its inside the worker's own scope. */
interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

/** Takes news of a call; the worker waits for the promise before it tells more. */
export type Hear<T> = (news: T) => Promise<void> | void;

/** Asks for one call. */
export type Ask = <K extends CallName>(
  name: K,
  args: Args<K>,
  hear?: Hear<Told<K>>,
) => Promise<Answer<K>>;

/** What the worker does for each call; `tell` resolves when the page has taken the news in. */
export type Handlers = {
  [K in CallName]: (
    tell: (news: Told<K>) => Promise<void>,
    ...args: Args<K>
  ) => Promise<Answer<K>> | Answer<K>;
};

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  hear: Hear<never> | undefined;
}

/** The page's end. */
export function askThrough(port: Port): Ask {
  const waiting = new Map<number, Waiting>();
  let last = 0;

  port.addEventListener("message", ({ data }) => {
    const message = data as Partial<Record<string, unknown>> | null;
    const call = message?.["call"];
    const one = typeof call === "number" ? waiting.get(call) : undefined;
    if (!message || !one) return;
    if ("told" in message) {
      void hearSafely(one.hear, message["told"]).then(() => port.postMessage({ heard: call }));
      return;
    }
    waiting.delete(call as number);
    if ("error" in message) one.reject(errorOf(message["error"]));
    else one.resolve(message["answer"]);
  });

  return <K extends CallName>(name: K, args: Args<K>, hear?: Hear<Told<K>>) =>
    new Promise<Answer<K>>((resolve, reject) => {
      const call = (last += 1);
      waiting.set(call, { resolve: resolve as Waiting["resolve"], reject, hear });
      port.postMessage({ call, name, args } satisfies ToWorker);
    });
}

/** What goes wrong on the page is no reason for the worker to stop. */
async function hearSafely(hear: Hear<never> | undefined, news: unknown): Promise<void> {
  try {
    await hear?.(news as never);
  } catch (error) {
    reportError(error);
  }
}

function errorOf(value: unknown): Error {
  const { name, message } = (value ?? {}) as { name?: unknown; message?: unknown };
  const error = new Error(String(message));
  error.name = String(name);
  return error;
}

/** The worker's end. */
export function answerThrough(port: Port, handlers: Handlers): void {
  // Kept for itself: what the learner’s code can reach of the worker is cut down later.
  const post: (message: ToPage) => void = port.postMessage.bind(port);
  const unheard = new Map<number, (() => void)[]>();

  const serve = async (call: number, name: CallName, args: unknown[]) => {
    const tell = (told: unknown) =>
      new Promise<void>((resolve) => {
        unheard.set(call, [...(unheard.get(call) ?? []), resolve]);
        post({ call, told });
      });
    try {
      const handler = handlers[name] as (tell: unknown, ...args: unknown[]) => unknown;
      post({ call, answer: await handler(tell, ...args) });
    } catch (error) {
      const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
      post({ call, error: { name: kind, message } });
    } finally {
      unheard.delete(call);
    }
  };

  port.addEventListener("message", ({ data }) => {
    const message = data as ToWorker;
    if ("heard" in message) unheard.get(message.heard)?.shift()?.();
    else void serve(message.call, message.name, message.args);
  });
}
