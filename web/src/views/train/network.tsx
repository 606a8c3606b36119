/** The network as a diagram: what each neuron responds to, and the weights, which can be set. */
import { computed, effect, signal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { count, counted, float } from "../../format";
import { theme } from "../../figures/theme";
import type { Layer } from "../../protocol/training";
import { layOutNetwork, nearestEdge, type Edge } from "../../training/diagram";
import { drawNetwork } from "../../training/networkpicture";
import type { Run } from "../../training/run";
import { readNumber } from "../../address/numbers";
import { Term } from "../../ui/term";
import { words } from "./words";

export function NetworkDiagram({ run }: { run: Run }) {
  const layers = useLayers(run);
  const total = run.parameters.value?.length ?? null;
  return (
    <section class="card network" aria-labelledby="network-title">
      <div class="card-head">
        <h2 id="network-title">Network</h2>
        <Term describedBy="network-title">{words.network}</Term>
      </div>
      {layers && run.parameters.value && (
        <Picture run={run} layers={layers} names={run.parameters.value} />
      )}
      <p class="network-line">
        {layers && (
          <span class="network-sizes">{[2, ...layers.map(({ size }) => size)].join(" → ")}</span>
        )}{" "}
        {total === null ? "– parameters" : counted(total, "parameter")}
      </p>
      {!layers && total !== null && (
        <p class="small">
          {run.epoch.value === 0
            ? "It is drawn from the first epoch on."
            : "To draw its neurons would take too long here. A smaller network’s are drawn."}
        </p>
      )}
    </section>
  );
}

/** The layers, which stay the same objects while the model does; null where they aren't drawn. */
function useLayers(run: Run): readonly Layer[] | null {
  const text = useMemo(
    () => computed(() => JSON.stringify(run.shown.value?.neurons?.layers ?? null)),
    [run],
  ).value;
  return useMemo(() => JSON.parse(text) as Layer[] | null, [text]);
}

interface Props {
  run: Run;
  layers: readonly Layer[];
  names: readonly string[];
}

function Picture({ run, layers, names }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const diagram = useMemo(() => layOutNetwork(layers, names), [layers, names]);
  const marked = useMemo(() => signal<Edge | null>(null), [diagram]);
  const [chosen, choose] = useState<Edge | null>(null);
  const scale = Math.max(2, globalThis.devicePixelRatio || 1);

  useEffect(
    () =>
      effect(() => {
        const [neurons, state] = [run.shown.value?.neurons, run.shownAt.value];
        if (!canvas.current || !neurons || !state) return;
        const { parameters } = state;
        const shown = { diagram, neurons, parameters, marked: marked.value };
        drawNetwork(canvas.current, shown, theme.value, scale);
      }),
    [diagram, marked, scale],
  );
  const edgeAt = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    const unit = diagram.width / width;
    return nearestEdge(diagram, {
      x: (event.clientX - left) * unit,
      y: (event.clientY - top) * unit,
    });
  };
  const valueOf = (edge: Edge) => run.shownAt.value?.parameters[edge.parameter] ?? NaN;
  const said = marked.value ?? chosen;
  return (
    <>
      <div class="network-scroll">
        <canvas
          ref={canvas}
          class="network-drawing"
          role="img"
          aria-label={describe(layers)}
          width={diagram.width * scale}
          height={diagram.height * scale}
          onPointerMove={(event) => (marked.value = edgeAt(event))}
          onPointerLeave={() => (marked.value = null)}
          onPointerDown={(event) => choose(edgeAt(event))}
        />
      </div>
      <p class="small network-said">
        {said
          ? `${said.name} = ${float(valueOf(said))}`
          : "Orange where a neuron’s sum is above 0, blue below. Press a line to set its weight."}
      </p>
      {diagram.cut.map(({ name, size, shown }) => (
        <p class="small" key={name}>
          {shown.length} of the {count(size)} neurons of {name} are shown.
        </p>
      ))}
      <WeightForm run={run} names={names} chosen={chosen?.parameter ?? null} />
    </>
  );
}

/** Sets any parameter by hand; the run goes on from there. */
function WeightForm({ run, names, chosen }: Omit<Props, "layers"> & { chosen: number | null }) {
  const [index, setIndex] = useState(0);
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (chosen !== null) setIndex(chosen);
    setTyped(null);
  }, [chosen]);
  const now = run.checkpoint.value?.parameters[index] ?? NaN;
  const value = typed === null ? now : readNumber(typed);
  const set = (event: Event) => {
    event.preventDefault();
    const state = run.checkpoint.peek();
    if (!state || value === null) return;
    const parameters = Float64Array.from(state.parameters);
    parameters[index] = value;
    run.place(parameters);
    setTyped(null);
  };
  return (
    <details class="network-set" open={chosen !== null}>
      <summary>Set a weight by hand</summary>
      <form class="network-form" onSubmit={set}>
        <select
          aria-label="Parameter"
          value={index}
          onChange={(event) => {
            setIndex(Number(event.currentTarget.value));
            setTyped(null);
          }}
        >
          {names.map((name, i) => (
            <option key={name} value={i}>
              {name}
            </option>
          ))}
        </select>
        <input
          type="text"
          aria-label="Weight"
          inputMode="text"
          autocomplete="off"
          value={typed ?? String(Number(now.toPrecision(6)))}
          aria-invalid={value === null}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button class="quiet" disabled={value === null || typed === null}>
          Set
        </button>
      </form>
    </details>
  );
}

function describe(layers: readonly Layer[]): string {
  const sizes = layers.map(({ size }) => size).join(", ");
  return `A network with 2 inputs and layers of ${sizes}; each neuron shows where its sum is high.`;
}
