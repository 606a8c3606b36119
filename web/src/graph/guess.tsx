/** Name each derivative before it is shown. */
import { useSignal, type ReadonlySignal, type Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import { float } from "../format";
import type { Graph } from "../protocol/expression";
import { labelsOf } from "./labels";
import { lastStep } from "./walk";

interface Props {
  graph: ReadonlySignal<Graph | null>;
  /** Where the walk is: a right answer moves it on. */
  step: Signal<number>;
}

/** Whether an answer is as near as somebody reckoning by hand would come. */
export function isRight(answer: number, derivative: number): boolean {
  return Math.abs(answer - derivative) <= 0.005 * Math.max(1, Math.abs(derivative));
}

export function Guess({ graph, step }: Props) {
  const typed = useSignal("");
  const verdict = useSignal("");
  const id = useId();
  const known = graph.value;
  const node = known?.nodes.find((one) => one.id === known.order[step.value]);
  if (!known || !node) {
    return <p class="guess">{known ? "That was the last one. First begins again." : ""}</p>;
  }
  const label = labelsOf(known).get(node.id) ?? "";
  const derivative = node.derivative ?? 0;
  const goOn = (words: string) => {
    verdict.value = words;
    typed.value = "";
    step.value = Math.min(step.value + 1, lastStep(known));
  };
  const check = (event: Event) => {
    event.preventDefault();
    const answer = Number(typed.value.replace(",", ".").replace("−", "-"));
    if (typed.value.trim() === "" || Number.isNaN(answer)) verdict.value = "Type a number.";
    else if (isRight(answer, derivative)) goOn(`Right: ${label} has ${float(derivative)}.`);
    else verdict.value = `Not ${float(answer)}. Add up what arrives at ${label}, one number a line.`;
  };
  return (
    <form class="guess" onSubmit={check}>
      <label for={id}>The derivative of {label} will be</label>
      <input
        id={id}
        type="text"
        inputMode="text"
        autocomplete="off"
        value={typed.value}
        onInput={(event) => (typed.value = event.currentTarget.value)}
      />
      <div class="buttons">
        <button class="primary">Check</button>
        <button type="button" onClick={() => goOn(`${label} has ${float(derivative)}.`)}>
          Show it
        </button>
      </div>
      <p aria-live="polite">{verdict.value}</p>
    </form>
  );
}
