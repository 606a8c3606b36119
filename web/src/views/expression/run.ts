/** What the Expression view knows: the last result that worked, and what came after it. */
import { computed, signal } from "@preact/signals";
import { evaluate } from "../../graph/calls";
import { Stopped, WorkerGone, explain, status } from "../../python/client";
import type { ExpressionRequest, ExpressionResult, Graph } from "../../protocol/expression";
import type { PythonProblem } from "../../protocol/problems";
import { lastStep } from "../../graph/walk";
import { settings } from "./settings";
import { codeNow } from "./text";

export const MAX_NODES = 300;

/** The last result without a problem: it stays while the learner mends what went wrong. */
export const result = signal<ExpressionResult | null>(null);
export const problem = signal<PythonProblem | null>(null);
/** The last graph that could be drawn: a larger one has its numbers in the table only. */
export const graph = signal<Graph | null>(null);
export const output = signal("");
export const running = signal(false);
const ending = signal("");
/** What the run is doing, or how it ended: a word or two beside the buttons. */
export const note = computed(() => {
  if (!running.value) return ending.value;
  return status.value.phase === "loading" ? "Waiting for Python…" : "Running…";
});
export const step = signal(0);

const shown = signal<ExpressionRequest | null>(null);
/** True when the picture is of something else than what is written now. */
export const stale = computed(() => {
  const request = shown.value;
  if (!request || !result.value) return false;
  const { x, y, z } = settings.values.value;
  const { inputs } = request;
  return (
    request.code !== codeNow.value || inputs["x"] !== x || inputs["y"] !== y || inputs["z"] !== z
  );
});

let abort = new AbortController();

export async function run(): Promise<void> {
  if (running.value) return;
  const { x, y, z } = settings.values.value;
  const request = { code: codeNow.value, inputs: { x, y, z }, maxNodes: MAX_NODES };
  running.value = true;
  abort = new AbortController();
  try {
    show(request, await evaluate(request, abort.signal));
  } catch (error) {
    fail(error);
  } finally {
    running.value = false;
  }
}

export function stop(): void {
  if (running.value) abort.abort();
}

function show(request: ExpressionRequest, answer: ExpressionResult): void {
  output.value = answer.output;
  if (answer.problem?.kind === "Stopped") {
    const { line } = answer.problem;
    problem.value = null;
    ending.value = line === null ? "Stopped." : `Stopped in line ${line}.`;
    return;
  }
  problem.value = answer.problem;
  ending.value = answer.problem ? "" : "Done";
  if (answer.problem) return;
  shown.value = request;
  result.value = answer;
  if (!answer.graph) return;
  graph.value = answer.graph;
  step.value = lastStep(answer.graph);
}

function fail(error: unknown): void {
  ending.value = "";
  // What it printed has gone with its Python; what is there is of an earlier run.
  output.value = "";
  if (error instanceof Stopped) {
    problem.value = null;
    ending.value = "Stopped.";
    return;
  }
  const gone = error instanceof WorkerGone;
  const said = "Python ended while it was running this. Your text is safe.";
  const hint = "A new Python takes over by itself. The same code would end it again.";
  problem.value = {
    kind: gone ? "Stopped" : "Error",
    line: null,
    hint: gone ? hint : null,
    ...(gone ? { message: said, traceback: "" } : explain(error)),
  };
}
