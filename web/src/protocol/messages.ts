/**
 * Calls between the page and its worker, as plain messages.
 *
 * The learner's code runs in the worker and bends what it likes: so the page only ever reads the
 * fields it knows, looks up a number that it gave out itself, sees that what has come is of the
 * shape that was promised, and takes it as data. It hands no functions over, and the worker has no
 * way to call any.
 */
import type { Answer, Args, CallName, Told } from "./calls";
import { ProblemError, type PythonProblem } from "./problems";
import { SHAPES, type Shapes } from "./shapes";

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
  name: CallName;
  resolve(value: unknown): void;
  reject(error: Error): void;
  hear: Hear<never> | undefined;
}

/** The page's end. */
export function askThrough(port: Port, shapes: Shapes = SHAPES): Ask {
  const waiting = new Map<number, Waiting>();
  let last = 0;

  port.addEventListener("message", ({ data }) => {
    const message = data as Partial<Record<string, unknown>> | null;
    const call = message?.["call"];
    const one = typeof call === "number" ? waiting.get(call) : undefined;
    if (!message || !one) return;
    if ("told" in message && shapes.isNews(one.name, message["told"])) {
      void hearSafely(one.hear, message["told"]).then(() => port.postMessage({ heard: call }));
      return;
    }
    waiting.delete(call as number);
    settle(one, message, shapes);
  });

  return <K extends CallName>(name: K, args: Args<K>, hear?: Hear<Told<K>>) =>
    new Promise<Answer<K>>((resolve, reject) => {
      const call = (last += 1);
      waiting.set(call, { name, resolve: resolve as Waiting["resolve"], reject, hear });
      port.postMessage({ call, name, args } satisfies ToWorker);
    });
}

/** Ends a call as the message says, or with an error if it is none that may end it. */
function settle(
  { name, resolve, reject }: Waiting,
  message: Partial<Record<string, unknown>>,
  { isAnswer, isProblem }: Shapes,
): void {
  const { answer, problem } = message;
  if ("error" in message) reject(errorOf(message["error"]));
  else if ("problem" in message && isProblem(problem)) {
    reject(new ProblemError(problem as PythonProblem));
  } else if ("answer" in message && isAnswer(name, answer)) resolve(answer);
  else reject(new Error(NONSENSE));
}

const NONSENSE = "what it answered is no answer";

/** What goes wrong on the page is no reason for the worker to stop. */
async function hearSafely(hear: Hear<never> | undefined, news: unknown): Promise<void> {
  try {
    await hear?.(news as never);
  } catch (error) {
    reportError(error);
  }
}

/** News that the page has not taken in yet: more would keep it from all else. */
const MOST_UNHEARD = 20_000;
/** Characters of an error that are taken in. */
const LONGEST_ERROR = 20_000;

function errorOf(value: unknown): Error {
  const { name, message } = (value ?? {}) as { name?: unknown; message?: unknown };
  const error = new Error(String(message).slice(0, LONGEST_ERROR));
  error.name = String(name).slice(0, LONGEST_ERROR);
  return error;
}

/**
 * The worker's end: a call goes to the handler of its name; where there is none, to `otherwise`.
 */
export function answerThrough(
  port: Port,
  handlers: Handlers,
  otherwise: (name: string, args: unknown[]) => unknown = unknownCall,
  { isAnswer, isNews, isProblem }: Shapes = SHAPES,
): void {
  // Kept for itself: what the learner’s code can reach of the worker is cut down later.
  const post: (message: ToPage) => void = port.postMessage.bind(port);
  const unheard = new Map<number, (() => void)[]>();

  const serve = async (call: number, name: CallName, args: unknown[]) => {
    const tell = (told: unknown) =>
      new Promise<void>((resolve) => {
        const waiting = unheard.get(call) ?? [];
        if (!isNews(name, told) || waiting.length >= MOST_UNHEARD) throw new Error(NONSENSE);
        unheard.set(call, waiting);
        waiting.push(resolve);
        post({ call, told });
      });
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    const own = handler as ((tell: unknown, ...args: unknown[]) => unknown) | undefined;
    try {
      const answer = await (own ? own(tell, ...args) : otherwise(name, args));
      // Before it is copied: what is too large would keep the page from all else.
      if (!isAnswer(name, answer)) throw new Error(NONSENSE);
      post({ call, answer });
    } catch (error) {
      const isOurs = !(error instanceof ProblemError && isProblem(error.problem));
      post({ call, ...(isOurs ? { error: plainOf(error) } : { problem: error.problem }) });
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

function plainOf(error: unknown): { name: string; message: string } {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message: message.slice(0, LONGEST_ERROR) };
}
