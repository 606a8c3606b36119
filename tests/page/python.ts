/**
 * A Python to train with that is none: a worker of the page whose answers are made up here.
 *
 * Import it after `./page` and before what starts Python. It trains an epoch a turn. What it has
 * learned is told by its parameters: the model's number and the epochs behind it.
 */
import { answerThrough, type Handlers } from "../../web/src/protocol/messages";
import type { Checkpoint, TrainSettings, TrainingUpdate } from "../../web/src/protocol/training";

type Listener = (event: MessageEvent) => void;
interface Session {
  settings: TrainSettings;
  epoch: number;
}

/** All calls that were asked for, in order: "open Xor compiled 0", "train 20" … */
export const asked: string[] = [];
/** The worker in use. */
export let worker: FakeWorker;
/** Set to a promise, it is what answers to opening wait for. */
export const slow = { opening: Promise.resolve() };

/** A number that tells one model from another. */
export function modelOf({ dataset, points, hidden, rate, seed }: TrainSettings): number {
  return [...JSON.stringify([dataset, points, hidden, rate, seed])].reduce(
    (sum, letter, i) => sum + letter.charCodeAt(0) * (i + 1),
    0,
  );
}

export class FakeWorker {
  private readonly listeners: Listener[] = [];
  private readonly inside: Listener[] = [];
  private session: Session | null = null;
  private training = 0;
  private isOver = false;

  constructor() {
    worker = this;
    const scope = {
      addEventListener: (_: "message", listener: Listener) => void this.inside.push(listener),
      postMessage: (message: unknown) => this.deliver(message, this.listeners),
    };
    answerThrough(scope, this.handlers() as unknown as Handlers);
  }

  addEventListener(kind: string, listener: Listener): void {
    if (kind === "message") this.listeners.push(listener);
    else this.die = () => listener({ message: "out of memory" } as unknown as MessageEvent);
  }
  postMessage(message: unknown): void {
    this.deliver(message, this.inside);
  }
  terminate(): void {
    this.isOver = true;
  }
  /** Ends as a worker does that needs more memory than there is. */
  die: () => void = () => undefined;

  private deliver(message: unknown, to: Listener[]): void {
    const data: unknown = structuredClone(message);
    setTimeout(() => {
      if (!this.isOver) for (const listener of to) listener({ data } as MessageEvent);
    });
  }

  private handlers() {
    return {
      start: async (tell: (news: { stage: string; loaded: number }) => Promise<void>) => {
        // Who says nothing at all is taken for dead after a while.
        await tell({ stage: "Starting Python", loaded: 0 });
        const library = { name: "Reference", version: "1" };
        return { info: { python: "3", library }, parts: {} };
      },
      "training.open": async (_: unknown, settings: TrainSettings, from: Checkpoint | null) => {
        this.training += 1;
        asked.push(`open ${settings.dataset} ${settings.engine} ${from?.epoch ?? 0}`);
        await slow.opening;
        if (from && from.parameters[0] !== modelOf(settings)) throw Object.assign(new Error("ValueError: of another model"), { name: "PythonError" });
        this.session = { settings, epoch: from?.epoch ?? 0 };
        return { points: pointsOf(settings), parameters: [], update: this.update([], true) };
      },
      "training.train": async (tell: (update: TrainingUpdate) => Promise<void>, epochs: number) => {
        asked.push(`train ${epochs}`);
        const mine = (this.training += 1);
        const session = this.session!;
        for (let last = session.epoch + epochs; session.epoch < last; ) {
          await turn();
          const isPaused = mine !== this.training;
          if (!isPaused) session.epoch += 1;
          const isLast = isPaused || session.epoch === last;
          const update = this.update(isPaused ? [] : [session.epoch], isLast);
          await tell({ ...update, finished: session.epoch === last });
          if (isPaused) break;
        }
      },
      "training.pause": () => {
        this.training += 1;
      },
    } satisfies { [K in keyof Handlers]?: unknown };
  }

  private update(epochs: number[], isDrawn: boolean): TrainingUpdate {
    const { settings, epoch } = this.session!;
    const model = modelOf(settings);
    const checkpoint: Checkpoint = { epoch, parameters: Float64Array.of(model, epoch) };
    const column = (of: (epoch: number) => number) => Float64Array.from(epochs, of);
    const boundary = {
      side: 2,
      values: new Float64Array(4).fill(model),
      epoch,
      loss: 1 / (epoch + 1),
      correct: epoch,
    };
    return {
      library: { name: "Reference", version: "1" },
      records: {
        first: epochs[0] ?? epoch + 1,
        loss: column((one) => 1 / one),
        correct: column((one) => one - 1),
        seconds: column(() => 0.001),
      },
      checkpoint,
      boundary: isDrawn ? boundary : null,
      finished: false,
      problem: null,
      ran: null,
    };
  }
}

function pointsOf({ points }: TrainSettings) {
  const zeros = Array.from({ length: points }, () => 0);
  return { x1: zeros, x2: zeros, label: zeros };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

const assets = { worker: "w", pyodide: "p/", stdlib: "s", python: "y", lock: "l", packages: "k/" };
Object.assign(document, {
  getElementById: () => ({ textContent: JSON.stringify({ ...assets, bytes: 1 }) }),
});
for (const [name, value] of Object.entries({
  Worker: FakeWorker,
  crossOriginIsolated: false,
  navigator: { hardwareConcurrency: 1 },
})) {
  Object.defineProperty(globalThis, name, { configurable: true, value });
}
