/**
 * Calls between the page and its worker, as plain messages.
 *
 * The learner's code runs in the worker and may send what it likes: so the page only ever reads
 * the fields it knows, looks up a number that it gave out itself, and takes the rest as data. It
 * hands no functions over, and the worker has no way to call any.
 */
import type { Answer, Args, CallName, Told } from "./calls";
import { ProblemError, type PythonProblem } from "./problems";

/** From the page: a call, or that what was told has been taken in. */
type ToWorker = { call: number; name: CallName; args: unknown[] } | { heard: number };

/** From the worker: news of a call, its answer, or what ended it. */
type ToPage = { call: number } & (
  | { told: unknown }
  | { answer: unknown }
  | { problem: PythonProblem }
  | { error: { name: string; message: string } }
);

/** Whatever messages come and go through: a Worker, or from its inside the worker's own scope. */
interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

/** Takes news of a call; the worker may wait for the promise before it tells more. */
export type Hear<T> = (news: T) => Promise<void> | void;

/** Asks for one call. */
export type Ask = <K extends CallName>(
  name: K,
  args: Args<K>,
  hear?: Hear<Told<K>>,
) => Promise<Answer<K>>;

/** Tells news at once, even while Python runs; the promise resolves when they are taken in. */
export type Tell<T> = (news: T) => Promise<void>;

/** What the worker does for a call. */
export type Handler<K extends CallName> = (
  tell: Tell<Told<K>>,
  ...args: Args<K>
) => Promise<Answer<K>> | Answer<K>;

export type Handlers = { [K in CallName]?: Handler<K> };

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
    if ("problem" in message) one.reject(new ProblemError(message["problem"] as PythonProblem));
    else if ("error" in message) one.reject(errorOf(message["error"]));
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

/**
 * The worker's end: a call goes to the handler of its name; where there is none, to `otherwise`.
 */
export function answerThrough(
  port: Port,
  handlers: Handlers,
  otherwise: (name: string, args: unknown[]) => unknown = unknownCall,
): void {
  // Kept for itself: what the learner’s code can reach of the worker is cut down later.
  const post: (message: ToPage) => void = port.postMessage.bind(port);
  const unheard = new Map<number, (() => void)[]>();

  const serve = async (call: number, name: CallName, args: unknown[]) => {
    const tell = (told: unknown) =>
      new Promise<void>((resolve) => {
        const waiting = unheard.get(call) ?? [];
        unheard.set(call, waiting);
        waiting.push(resolve);
        post({ call, told });
      });
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    const own = handler as ((tell: unknown, ...args: unknown[]) => unknown) | undefined;
    try {
      post({ call, answer: await (own ? own(tell, ...args) : otherwise(name, args)) });
    } catch (error) {
      post({ call, ...endOf(error) });
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

function unknownCall(name: string): never {
  throw new Error(`There is no call ${name}.`);
}

function endOf(error: unknown) {
  if (error instanceof ProblemError) return { problem: error.problem };
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { error: { name, message } };
}
