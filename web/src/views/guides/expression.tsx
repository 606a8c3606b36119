/** An expression in a guide: its graph, evaluated by itself, for it is ours. */
import { effect, untracked, useSignal, type Signal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { EditorBox } from "../../editor/editorbox";
import { createExpression, type Expression } from "../../graph/expression";
import { GraphPanel, type Mode } from "../../graph/panel";
import { status } from "../../python/client";
import { draftOf } from "../../store/drafts";
import { Slider } from "../../ui/slider";
import { applySteps, historySteps, sortSteps, type Narration } from "./narrated";
import { NarratedGraph, Waiting } from "./narration";
import { float } from "../../format";
import { sooner } from "./seen";

interface Props {
  name: string;
  /** Under which what is typed is kept. */
  keptAs: string;
  code: string;
  inputs: Record<string, number>;
  /** Words of `SHOWS`. */
  shows: ReadonlySet<string>;
}

/** What a part may have beside its graph; without one of the last five, the walk back is followed. */
export const SHOWS = ["editor", "sliders", "order", "guess", "history", "apply", "sort"] as const;

/** How a graph is told where there is no walk back. */
const NARRATIONS: Readonly<Record<string, Narration>> = {
  history: historySteps,
  apply: applySteps,
  sort: sortSteps,
};

export function ExpressionPart({ name, keptAs, code, inputs: initial, shows }: Props) {
  const text = draftOf(keptAs, code);
  const inputs = useSignal(initial);
  const expression = useMemo(() => createExpression({ text, inputs }), []);
  const place = useRef<HTMLDivElement>(null);
  const isAsked = useSignal(false);
  useEffect(
    () => (place.current ? sooner(place.current, () => (isAsked.value = true)) : undefined),
    [],
  );
  useEffect(() => follow(expression, code, isAsked, inputs), []);
  const { graph, step, isStale, problem } = expression;
  const mode = useSignal<Mode>(shows.has("guess") ? "guess" : shows.has("order") ? "order" : "follow");
  const canEdit = shows.has("editor");
  const reset = () => {
    text.value = code;
    void expression.evaluate();
  };
  const told = Object.entries(NARRATIONS).find(([word]) => shows.has(word))?.[1];
  return (
    <div class="expression-part" ref={place}>
      {canEdit ? (
        <EditorBox
          label={name}
          keptAs={keptAs}
          given={{ of: "expression", inputs: Object.keys(initial) }}
          text={text}
          onChange={(typed) => (text.value = typed)}
          onRun={() => void expression.evaluate()}
        />
      ) : (
        <pre class="code" tabIndex={0}>
          <code>{code}</code>
        </pre>
      )}
      {shows.has("sliders") && <Sliders inputs={inputs} />}
      {canEdit && (
        <div class="buttons">
          <button type="button" class="primary" onClick={() => void expression.evaluate()}>
            Run
          </button>
          {text.value !== code && (
            <button type="button" class="quiet" onClick={reset}>
              Back to the original
            </button>
          )}
        </div>
      )}
      {problem.value && (
        <div class="alert" role="alert">
          <p>{problem.value.message}</p>
          {problem.value.hint && <p>{problem.value.hint}</p>}
        </div>
      )}
      {!told ? (
        <GraphPanel
          graph={graph}
          step={step}
          isStale={isStale}
          mode={mode}
          title={name}
          waiting={canEdit ? undefined : <Waiting />}
        />
      ) : (
        <NarratedGraph name={name} graph={graph} isStale={isStale} narration={told} />
      )}
    </div>
  );
}

/**
 * Evaluates when the part is first seen, or soon, and Python is ready; and whenever a slider has moved: the
 * text is the reader's own once it was changed, and waits for Run.
 */
function follow(
  expression: Expression,
  original: string,
  isAsked: Signal<boolean>,
  inputs: Signal<Record<string, number>>,
): () => void {
  let hasBegun = false;
  const stop = effect(() => {
    void inputs.value;
    if (!isAsked.value || !["ready", "busy"].includes(status.value.phase)) return;
    const isOurs = expression.text.peek() === original;
    untracked(hasBegun || !isOurs ? expression.follow : () => void expression.evaluate());
    hasBegun = true;
  });
  return () => {
    stop();
    expression.dispose();
  };
}

function Sliders({ inputs }: { inputs: Signal<Record<string, number>> }) {
  return (
    <div class="plot-controls">
      {Object.entries(inputs.value).map(([name, value]) => (
        <Slider
          key={name}
          label={name}
          value={value}
          min={-5}
          max={5}
          step={0.1}
          text={float(value)}
          onMove={(moved) => (inputs.value = { ...inputs.value, [name]: moved })}
        />
      ))}
    </div>
  );
}
