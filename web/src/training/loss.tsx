/** The loss of each epoch as a line that falls, with luck. */
import { effect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { Figure } from "../figures/figures";
import { FigureFrame } from "../figures/frame";
import { theme } from "../figures/theme";
import { loss as lossText } from "../format";
import { Term } from "../ui/term";
import { ceiling, floor, lossCurve } from "./curve";
import type { Run } from "./run";

interface Props {
  run: Run;
  title?: string;
  /** What it shows, behind a question mark. */
  about?: ComponentChildren;
}

export function LossFigure({ run, title = "Loss", about }: Props) {
  const id = useId();
  const isEmpty = run.drawn.value.length === 0;
  const [isLog, setLog] = useState(false);
  return (
    <section class="card loss" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        {about && <Term describedBy={id}>{about}</Term>}
        <label class="loss-scale">
          <input
            type="checkbox"
            checked={isLog}
            onChange={(event) => setLog(event.currentTarget.checked)}
          />
          Log scale
        </label>
      </div>
      <div class={isEmpty ? "loss-frame is-empty" : "loss-frame"}>
        {isLog ? (
          <FigureFrame
            name="losslog"
            key="losslog"
            label={describe(run)}
            class="loss-figure"
            feed={(figure) => feedLoss(figure, run, true)}
          />
        ) : (
          <FigureFrame
            name="loss"
            key="loss"
            label={describe(run)}
            class="loss-figure"
            patient
            feed={(figure) => feedLoss(figure, run)}
          />
        )}
        {isEmpty && (
          <p class="placeholder">
            The loss says how wrong the network is. Press Train, and each epoch adds a point to a
            line that should go down.
          </p>
        )}
      </div>
      {(run.heldOut.value?.label.length ?? 0) > 0 && <Legend />}
    </section>
  );
}

function Legend() {
  return (
    <div class="run-legend">
      {(["learned", "held"] as const).map((kind) => (
        <span key={kind} class="legend-item">
          <svg viewBox="0 0 20 16" width="20" height="16" aria-hidden="true" class={`line-${kind}`}>
            <path d="M1 8H19" />
          </svg>
          {kind === "learned" ? "learned" : "held out"}
        </span>
      ))}
    </div>
  );
}

/** Keeps the figure in step with the run, until what it returns is called. */
export function feedLoss(figure: Figure, run: Run, isLog = false): () => void {
  const { drawn, goal, looked } = run;
  const stops = [
    effect(() => {
      figure.restyle("loss_line", { line_color: theme.value.accent });
      figure.restyle("loss_dot", { fill_color: theme.value.accent });
      figure.restyle("held_line", { line_color: theme.value.ink });
      figure.restyle("looked_ring", { line_color: theme.value.ink });
    }),
    effect(() => {
      const curve = lossCurve(drawn.value.loss);
      const held = lossCurve(drawn.value.heldLoss);
      const all = [...curve.loss, ...held.loss];
      const [width, height] = [Math.max(goal.value, 2), ceiling(all)];
      // A little room below 0, so that the first dot is whole.
      figure.setRange("x", -0.015 * width, width);
      figure.setRange("y", isLog ? floor(all) : -0.02 * height, height);
      figure.setColumns("held", { ...held });
      figure.setColumns("loss", { ...curve });
      figure.setColumns("loss_now", { epoch: curve.epoch.slice(-1), loss: curve.loss.slice(-1) });
    }),
    effect(() =>
      figure.setColumns("looked", at(looked.value?.checkpoint.epoch, drawn.value.loss)),
    ),
  ];
  return () => stops.forEach((stop) => stop());
}

/** The epoch that is looked at, on the curve. */
function at(epoch: number | undefined, loss: Float64Array) {
  const value = epoch === undefined ? undefined : loss[epoch];
  return value === undefined ? { epoch: [], loss: [] } : { epoch: [epoch], loss: [value] };
}

function describe({ drawn }: Run): string {
  const { first, last } = drawn.value;
  if (!first || !last) return "No epochs yet.";
  const [from, to] = [lossText(first.loss), lossText(last.loss)];
  return `From ${from} at epoch ${first.epoch} to ${to} at epoch ${last.epoch}.`;
}
