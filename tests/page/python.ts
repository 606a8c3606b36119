/**
 * A Python that trains at once, an epoch a turn, for tests of what happens in which order. Where a
 * test has to say itself what Python answers, and when, take the worker of `ports.ts`.
 *
 * Import it after `./page`. What a model has learned is told by its parameters: its own number, and
 * how many epochs it was trained.
 */
import { answerThrough, type Handlers } from "../../web/src/protocol/messages";
import type { Library, LoadProgress, Parts } from "../../web/src/protocol/starting";
import type { Checkpoint, TrainSettings, TrainingUpdate } from "../../web/src/protocol/training";

const LIBRARY: Library = { name: "Reference", version: "1" };

const ANOTHER_MODEL = Object.assign(new Error("ValueError"), { name: "PythonError" });

type Listener = (event: MessageEvent) => void;
interface Session {
  settings: TrainSettings;
  epoch: number;
}

/** All calls that were asked for, in order: "open Xor compiled 0", "train 20" … */
export const asked: string[] = [];
/** Set to a promise, it is what answers to opening wait for. */
export const slow = { opening: Promise.resolve() };

/** A number that tells one model from another. */
export function modelOf({ dataset, points, hidden, seed }: TrainSettings): number {
  return [...JSON.stringify([dataset, points, hidden, seed])].reduce(
    (sum, letter, i) => sum + letter.charCodeAt(0) * (i + 1),
    0,
  );
}

class PromptWorker {
  private readonly listeners: Listener[] = [];
  private readonly inside: Listener[] = [];
  private session: Session | null = null;
  private training = 0;
  private isOver = false;

  constructor() {
    const scope = {
      addEventListener: (_: "message", listener: Listener) => void this.inside.push(listener),
      postMessage: (message: unknown) => this.deliver(message, this.listeners),
    };
    answerThrough(scope, this.handlers() as Partial<Handlers>, (name) => {
      throw new Error(`${name} is not asked for here.`);
    });
  }

  addEventListener(kind: string, listener: Listener): void {
    if (kind === "message") this.listeners.push(listener);
  }
  postMessage(message: unknown): void {
    this.deliver(message, this.inside);
  }
  terminate(): void {
    this.isOver = true;
  }

  private deliver(message: unknown, to: Listener[]): void {
    const data: unknown = structuredClone(message);
    setTimeout(() => {
      if (!this.isOver) for (const listener of to) listener({ data } as MessageEvent);
    });
  }

  private handlers() {
    return {
      start: async (tell: (news: LoadProgress) => Promise<void>) => {
        // Who says nothing at all is taken for dead after a while.
        await tell({ stage: "Starting Python", loaded: 0 });
        return { info: { python: "3", library: LIBRARY }, parts: {} as Parts };
      },
      // On a busy machine a test takes so long that Python is asked whether it is still there.
      beat: () => undefined,
      "training.open": async (
        _: unknown,
        settings: TrainSettings,
        from: Checkpoint | null,
      ) => {
        this.training += 1;
        asked.push(`open ${settings.dataset} ${settings.engine} ${from?.epoch ?? 0}`);
        await slow.opening;
        if (from && from.parameters[0] !== modelOf(settings)) throw ANOTHER_MODEL;
        this.session = { settings, epoch: from?.epoch ?? 0 };
        const update = this.update([], true);
        const heldOut = { x1: [], x2: [], label: [] };
        return { points: pointsOf(settings), heldOut, parameters: ["w"], update, note: null };
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
      heldLoss: NaN,
      heldCorrect: NaN,
      outputs: Float64Array.of(), neurons: null,
    };
    return {
      records: {
        first: epochs[0] ?? epoch + 1,
        loss: column((one) => 1 / one),
        correct: column((one) => one - 1),
        seconds: column(() => 0.001),
        heldLoss: column(() => NaN),
        heldCorrect: column(() => NaN),
      },
      checkpoint,
      within: 0,
      boundary: isDrawn ? boundary : null,
      drawing: null,
      finished: false,
      problem: null,
      ran: null,
      library: LIBRARY,
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

const assets = { worker: "w", pyodide: "p/", stdlib: "s", rest: "r", python: "y", lock: "l", packages: "k/" };
Object.assign(document, {
  getElementById: () => ({ textContent: JSON.stringify({ ...assets, bytes: 1, hashes: {} }) }),
});
for (const [name, value] of Object.entries({
  Worker: PromptWorker,
  crossOriginIsolated: false,
  navigator: { hardwareConcurrency: 1 },
})) {
  Object.defineProperty(globalThis, name, { configurable: true, value });
}
