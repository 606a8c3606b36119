/** One point by itself: its loss, where it pushes each weight, and its whole computation. */
import { computed } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import { count, float, loss as lossText } from "../../format";
import { GraphPanel } from "../../graph/panel";
import type { Inspected, Point } from "../../protocol/training";
import { MAX_NODES, wrongPoints, type Inspection } from "../../training/inspection";
import type { Run } from "../../training/run";
import { Term } from "../../ui/term";
import { words } from "./words";

const ROWS = 8;

export function PointPanel({ run, inspection }: { run: Run; inspection: Inspection }) {
  const point = inspection.point.value;
  const found = inspection.found.value;
  // Not rendered in each frame: only when there are more of them, or fewer.
  const wrong = useMemo(() => computed(() => wrongPoints(run).length), [run]).value;
  return (
    <section class="card point" aria-labelledby="point-title">
      <div class="card-head">
        <h2 id="point-title">One point</h2>
        <Term describedBy="point-title">{words.point}</Term>
        <button
          type="button"
          class="quiet"
          disabled={wrong === 0}
          onClick={() => inspection.pickWrong()}
        >
          Next wrong point
        </button>
      </div>
      {!point && (
        <p class="small">
          Press a point in the plane: you will see its loss, its computation, and what automatic
          differentiation makes of it: in which direction it pushes each weight.
        </p>
      )}
      {point && (
        <p role="status" aria-label="Point">
          {describe(point, found)}
        </p>
      )}
      {point && found && <Pushes run={run} found={found} />}
      {point && found && <PointGraph key={`${point.x1} ${point.x2}`} inspection={inspection} />}
    </section>
  );
}

function describe({ x1, x2, label }: Point, found: Inspected | null): string {
  const where = `(${x1.toFixed(2)}, ${x2.toFixed(2)}), label ${label}`;
  if (!found) return `${where} …`;
  const side = found.output > 0.5 === (label === 1) ? "right" : "wrong";
  return `${where} · output ${found.output.toFixed(3)}, ${side} · loss ${lossText(found.loss)}`;
}

/** The derivatives of the point's loss, the largest first. */
function Pushes({ run, found }: { run: Run; found: Inspected }) {
  const names = run.parameters.value ?? [];
  const values = run.shownAt.value?.parameters ?? new Float64Array();
  const rows = [...found.derivatives]
    .map((derivative, i) => ({ name: names[i] ?? "", value: values[i] ?? NaN, derivative }))
    .sort((a, b) => Math.abs(b.derivative) - Math.abs(a.derivative));
  const silent = rows.filter(({ derivative }) => derivative === 0).length;
  return (
    <>
      <div class="point-pushes" tabIndex={0} role="group" aria-label="Derivatives of the loss">
        <table aria-label="What the point pushes">
          <thead>
            <tr>
              <th scope="col">Parameter</th>
              <th scope="col">Value</th>
              <th scope="col">∂loss/∂parameter</th>
              <th scope="col">Pushed</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, ROWS).map(({ name, value, derivative }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{float(value)}</td>
                <td class="derivative">{float(derivative)}</td>
                <td>{derivative === 0 ? "–" : derivative > 0 ? "down" : "up"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="small">
        The {Math.min(ROWS, rows.length)} largest of {count(rows.length)}. For {count(silent)} of
        them it is 0: a ReLU in between gives 0 for this point, so they could change a little and
        its loss would not.
      </p>
    </>
  );
}

function PointGraph({ inspection }: { inspection: Inspection }) {
  const [isOpen, setOpen] = useState(false);
  const graph = useMemo(() => computed(() => inspection.found.value?.graph ?? null), [inspection]);
  const size = inspection.found.value?.nodeCount ?? 0;
  if (!graph.value) {
    return (
      <p class="small">
        Its graph has {count(size)} Scalars. Up to {MAX_NODES} are drawn: with a smaller hidden size
        it can be seen.
      </p>
    );
  }
  return (
    <>
      <button
        type="button"
        class="quiet"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? "Hide its graph" : `Show its graph (${count(size)} Scalars)`}
      </button>
      {isOpen && <GraphPanel graph={graph} step={inspection.step} title="Graph of the point" />}
    </>
  );
}
