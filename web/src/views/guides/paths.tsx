/** The walk along every path through a chain of sums, counted while it runs. */
import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { count } from "../../format";
import { Slider } from "../../ui/slider";

const LONGEST = 40;
/** How long to walk before the page is drawn again, in milliseconds. */
const SLICE_MS = 12;

/** Visits of a walk along all paths, when each of so many numbers is the one before plus itself. */
export function visitsOf(sums: number): number {
  return 2 ** (sums + 1) - 1;
}

/** Walks for a while: takes boxes off the list and puts both of their inputs on it. */
export function walkOn(toDo: number[], isOver: () => boolean): number {
  let visits = 0;
  for (let left = toDo.pop(); left !== undefined; left = toDo.pop()) {
    visits += 1;
    if (left > 0) toDo.push(left - 1, left - 1);
    if (visits % 4096 === 0 && isOver()) break;
  }
  return visits;
}

export function PathsPart({ name, at }: { name: string; at: number }) {
  const sums = useSignal(at);
  const visits = useSignal(0);
  const isWalking = useSignal(false);
  const frame = useRef(0);
  const id = useId();
  const stop = () => {
    cancelAnimationFrame(frame.current);
    isWalking.value = false;
  };
  useEffect(() => stop, []);

  const walk = () => {
    const toDo = [sums.value];
    visits.value = 0;
    isWalking.value = true;
    const goOn = () => {
      const end = performance.now() + SLICE_MS;
      visits.value += walkOn(toDo, () => performance.now() > end);
      if (toDo.length > 0) frame.current = requestAnimationFrame(goOn);
      else isWalking.value = false;
    };
    goOn();
  };
  const all = visitsOf(sums.value);
  return (
    <section class="card plot" aria-labelledby={id}>
      <h3 id={id}>{name}</h3>
      <div class="plot-controls">
        <Slider
          label="Sums"
          value={sums.value}
          min={1}
          max={LONGEST}
          step={1}
          onMove={(moved) => {
            stop();
            visits.value = 0;
            sums.value = moved;
          }}
        />
        <div class="buttons">
          <button type="button" class="primary" onClick={walk} aria-disabled={isWalking.value}>
            Walk every path
          </button>
          <button type="button" onClick={stop} disabled={!isWalking.value}>
            Stop
          </button>
        </div>
      </div>
      <p class="plot-words" role="status" aria-label="Visits">
        {`${count(visits.value)} visits of ${count(all)}. `}
        {`In topological order: ${count(sums.value + 1)}.`}
      </p>
    </section>
  );
}
