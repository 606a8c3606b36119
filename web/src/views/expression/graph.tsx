/** The computation graph and the walk back through it. */
import { computed } from "@preact/signals";
import { count } from "../../format";
import { Term } from "../../ui/term";
import { GraphCanvas } from "../../graph/canvas";
import { GraphList } from "../../graph/graphlist";
import { MAX_NODES, graph, result, stale, step } from "./run";
import { lastStep, nameOf, walkTo } from "../../graph/walk";

const walk = computed(() => (graph.value ? walkTo(graph.value, step.value) : null));

export function GraphPanel() {
  return (
    <section class="card graph" aria-labelledby="graph-title">
      <div class="card-head">
        <h2 id="graph-title">Computation graph</h2>
        <Term describedBy="graph-title">
          <p>
            Every operation Python did, as a box, with arrows from what went in. Values were
            computed from left to right. Derivatives come from right to left: each box passes its
            own back, times its slope. That is the chain rule.
          </p>
        </Term>
        {stale.value && <span class="stale">changed since it was run</span>}
      </div>
      <TooLarge />
      <div class="graph-stage">
        {graph.value && walk.value ? (
          <GraphCanvas graph={graph.value} walk={walk} />
        ) : (
          <Placeholder />
        )}
      </div>
      <WalkControls />
      {graph.value && <GraphList graph={graph.value} />}
    </section>
  );
}

function TooLarge() {
  const found = result.value;
  if (!found || found.nodeCount <= MAX_NODES) return null;
  return (
    <div class="alert" role="alert">
      <p>
        The graph has {count(found.nodeCount)} nodes: too many to draw ({MAX_NODES} at most). The
        numbers are in the table of derivatives.
      </p>
      {graph.value && <p>The picture is still the one from before.</p>}
    </div>
  );
}

function Placeholder() {
  return (
    <div class="placeholder">
      <Sketch />
      <p>
        Press <b>Run</b> to see how Python computes this, one box for each operation, and how the
        derivatives find their way back.
      </p>
    </div>
  );
}

/** What is to come, in outline: two inputs, two operations. */
function Sketch() {
  return (
    <svg viewBox="0 0 260 100" width="260" height="100" class="sketch" aria-hidden="true">
      <path d="M64 24C92 24 88 44 112 44M64 76C92 76 88 56 112 56M168 50H196" />
      <rect x="8" y="10" width="56" height="28" rx="14" />
      <rect x="8" y="62" width="56" height="28" rx="14" />
      <rect x="112" y="36" width="56" height="28" rx="5" />
      <rect x="196" y="36" width="56" height="28" rx="5" />
      <text x="36" y="29">
        x
      </text>
      <text x="36" y="81">
        y
      </text>
      <text x="140" y="55">
        ×
      </text>
      <text x="224" y="55">
        +
      </text>
    </svg>
  );
}

function WalkControls() {
  const now = graph.value;
  const last = now ? lastStep(now) : 0;
  const at = step.value;
  const go = (to: number) => {
    step.value = Math.min(Math.max(to, 0), last);
  };
  const isFirst = !now || at <= 0;
  const isLast = !now || at >= last;
  return (
    <div class="walk">
      <div class="walk-controls">
        <button type="button" onClick={() => go(0)} disabled={isFirst}>
          First
        </button>
        <button type="button" onClick={() => go(at - 1)} disabled={isFirst}>
          Back
        </button>
        <button type="button" onClick={() => go(at + 1)} disabled={isLast}>
          Next
        </button>
        <button type="button" onClick={() => go(last)} disabled={isLast}>
          Last
        </button>
        <input
          type="range"
          aria-label="Step"
          aria-valuetext={describe(at, last)}
          min={0}
          max={Math.max(last, 1)}
          step={1}
          value={at}
          disabled={!now}
          onInput={(event) => go(Number(event.currentTarget.value))}
        />
        <span class="walk-count" aria-hidden="true">
          {now ? `${at} / ${last}` : ""}
        </span>
      </div>
      <p class="walk-words" aria-live="polite">
        {walk.value
          ? walk.value.sentences.join(" ")
          : "The backward pass can be followed here, one operation at a time."}
      </p>
    </div>
  );
}

function describe(at: number, last: number): string {
  const now = graph.value;
  const node = now?.nodes.find(({ id }) => id === now.order[at - 1]);
  const where = node ? `: ${nameOf(node)}` : at === 0 ? ": the start" : ": the end";
  return `${at} of ${last}${where}`;
}
