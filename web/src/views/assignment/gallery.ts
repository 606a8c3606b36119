/**
 * The portraits of task 1.5: four datasets, each learned by the learner's own Network on their own
 * Scalars. Nothing is trained before it is asked for; what was trained is kept from visit to visit.
 */
import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { renewTraining } from "../../python/client";
import type { PythonProblem } from "../../protocol/problems";
import type { Files } from "../../protocol/starting";
import type { Boundary, Points, TrainSettings } from "../../protocol/training";
import { openCollection } from "../../store/collection";
import { hashOf } from "../../store/hash";
import type { Drawing } from "../../training/pace";
import { createRun, type Run } from "../../training/run";
import type { Work } from "../../workspace/work";
import { logOf, type Trained } from "./readme";

/** A network and its points, at some moment of its training. */
export interface Portrait extends Trained {
  boundary: Boundary;
  data: Points;
  /** The epoch to train up to. */
  goal: number;
  /** The files that it was trained with, as `hashOf` names them. */
  files: string;
}

export interface Sitter {
  readonly dataset: string;
  readonly hidden: Signal<number>;
  readonly epochs: Signal<number>;
  readonly phase: ReadonlySignal<"waiting" | "starting" | "training" | "stopping">;
  readonly portrait: ReadonlySignal<Portrait | null>;
  readonly problem: ReadonlySignal<PythonProblem | null>;
  /** Whether Train would go on with what was stopped. */
  readonly isHalfway: ReadonlySignal<boolean>;
  /** Whether the files have been changed since it was trained. */
  readonly isOld: ReadonlySignal<boolean>;
  /** Resolves when it is trained, or is not trained any more; true: there may be another. */
  train(): Promise<boolean>;
  stop(): void;
}

export interface Gallery {
  readonly sitters: readonly Sitter[];
  /** Whether one after the other is trained. */
  readonly isTrainingAll: ReadonlySignal<boolean>;
  trainAll(): Promise<void>;
}

export const POINTS = 50;
export const RATE = 0.5;

/**
 * The smallest that learned nearly all points from most of the first values that were tried: with
 * fewer hidden units a network often gets stuck for good.
 */
const SIZES: Readonly<Record<string, { hidden: number; epochs: number }>> = {
  Simple: { hidden: 4, epochs: 200 },
  Diag: { hidden: 4, epochs: 200 },
  Split: { hidden: 10, epochs: 300 },
  Xor: { hidden: 10, epochs: 300 },
};

const kept = () => openCollection<Portrait>("portraits");

export function createGallery(work: Work): Gallery {
  const files = computed(() => hashOf(work.files.value));
  const sitters = Object.keys(SIZES).map((dataset) => createSitter(dataset, work, files));
  const isTrainingAll = signal(false);
  return {
    sitters,
    isTrainingAll,
    async trainAll() {
      if (isTrainingAll.peek()) return;
      isTrainingAll.value = true;
      for (const sitter of sitters) {
        if (!(await sitter.train())) break;
      }
      isTrainingAll.value = false;
    },
  };
}

/** A run, and what it was made of: once something else is asked for, another is made. */
interface Sitting {
  run: Run;
  settings: TrainSettings;
  files: string;
}

function createSitter(dataset: string, work: Work, files: ReadonlySignal<string>): Sitter {
  const hidden = signal(SIZES[dataset]?.hidden ?? 4);
  const epochs = signal(SIZES[dataset]?.epochs ?? 200);
  const sitting = signal<Sitting | null>(null);
  const found = signal<Portrait | null>(null);
  /** Whether their Network is still to be written: the page's own is no portrait of it. */
  const isMissing = signal(false);
  let attempts = 0;
  let isStopped = false;

  void kept()
    .get(dataset)
    .then((entry) => (found.value ??= entry?.value ?? null));

  const portrait = computed(() => (sitting.value && portraitOf(sitting.value)) ?? found.value);
  const isHalfway = computed(() => {
    const now = sitting.value;
    if (!now || now.run.phase.value === "lost" || now.files !== files.value) return false;
    const isSame = now.settings.hidden === hidden.value && now.settings.epochs === epochs.value;
    const { epoch, goal, problem } = now.run;
    return isSame && epoch.value > 0 && epoch.value < goal.value && !problem.value;
  });

  const begin = (): Sitting => {
    sitting.peek()?.run.dispose();
    const settings: TrainSettings = {
      dataset,
      points: POINTS,
      hidden: hidden.peek(),
      rate: RATE,
      epochs: epochs.peek(),
      // Who trains again wants another start: from some first values nothing is learned.
      seed: attempts++,
      engine: "eager",
    };
    const run = createRun({
      settings: signal(settings),
      drawing: signal<Drawing>("animated"),
      library: signal<Files>({ ...work.files.peek() }),
    });
    return { run, settings, files: files.peek() };
  };

  return {
    dataset,
    hidden,
    epochs,
    phase: computed(() => PHASES[sitting.value?.run.phase.value ?? "ready"]),
    portrait,
    problem: computed(() => {
      if (isMissing.value) return MISSING;
      return sitting.value && problemOf(sitting.value.run);
    }),
    isHalfway,
    isOld: computed(() => portrait.value !== null && portrait.value.files !== files.value),

    async train() {
      isStopped = isMissing.value = false;
      const now = isHalfway.peek() ? sitting.peek() : null;
      const { run } = (sitting.value = now ?? begin());
      run.start();
      await rest(run, () => sitting.value?.run === run && !run.note.value);
      isMissing.value = run.note.peek() !== null;
      if (isMissing.peek()) {
        run.dispose();
        sitting.value = null;
        return false;
      }
      const done = portrait.peek();
      if (done && done !== found.peek()) void kept().put(dataset, (found.value = done));
      return !isStopped && problemOf(run) === null;
    },

    stop() {
      isStopped = true;
      const run = sitting.peek()?.run;
      if (run?.phase.peek() !== "opening") return run?.pause();
      // Their files are being imported, which may never end.
      run.dispose();
      renewTraining(run.library);
      sitting.value = null;
    },
  };
}

const MISSING: PythonProblem = {
  kind: "NotImplementedError",
  message: "Need to implement for Task 1.5: Linear and Network in project/run_scalar.py",
  file: null,
  line: null,
  task: "1.5",
  hint: null,
  traceback: "",
};

const PHASES = {
  opening: "starting",
  running: "training",
  stepping: "training",
  pausing: "stopping",
  ready: "waiting",
  lost: "waiting",
} as const;

/** Resolves when a run no longer trains, or is no longer the one that is shown. */
function rest(run: Run, isShown: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      const isAtRest = PHASES[run.phase.value] === "waiting" || !isShown();
      if (isAtRest) queueMicrotask(() => (stop(), resolve()));
    });
  });
}

function portraitOf({ run, settings, files }: Sitting): Portrait | null {
  const [boundary, data] = [run.boundary.value, run.points.value];
  if (!boundary || !data) return null;
  const { dataset, hidden, rate } = settings;
  const { epoch, correct } = boundary;
  const [goal, log] = [run.goal.value, logOf(run.records.value)];
  return { dataset, points: POINTS, hidden, rate, epochs: epoch, correct, log, goal, boundary, data, files };
}

function problemOf(run: Run): PythonProblem | null {
  if (run.phase.value !== "lost") return run.problem.value;
  const message = "Python ended while it trained on your code. Your files are safe.";
  return { kind: "Stopped", message, file: null, line: null, task: null, hint: null, traceback: "" };
}
