/** A small run of training in a guide, with its boundary and its loss. */
import { signal, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { TrainSettings } from "../../protocol/training";
import { BoundaryFigure } from "../../training/boundary";
import { LossFigure } from "../../training/loss";
import type { Drawing } from "../../training/pace";
import { Progress } from "../../training/progress";
import { createRun } from "../../training/run";
import { whenSeen } from "../../figures/seen";

interface Props {
  name: string;
  settings: TrainSettings;
}

/** The model is made when the part comes into sight. */
export function RunPart(props: Props) {
  const isSeen = useSignal(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(
    () => (place.current ? whenSeen(place.current, () => (isSeen.value = true)) : undefined),
    [],
  );
  return (
    <section class="run-part" aria-label={props.name} ref={place}>
      {isSeen.value && <Seen {...props} />}
    </section>
  );
}

function Seen({ settings }: Props) {
  const run = useMemo(
    () => createRun({ settings: signal(settings), drawing: signal<Drawing>("animated") }),
    [],
  );
  useEffect(() => () => run.dispose(), [run]);
  return (
    <>
      <div class="buttons">
        <button
          type="button"
          class="primary"
          onClick={run.isTraining.value ? run.pause : run.start}
        >
          {run.isTraining.value ? "Pause" : "Train"}
        </button>
        <button type="button" onClick={run.step} disabled={run.isTraining.value}>
          Step
        </button>
        <button type="button" onClick={run.reset}>
          Reset
        </button>
      </div>
      <Progress run={run} />
      <div class="run-figures">
        <BoundaryFigure run={run} />
        <LossFigure run={run} />
      </div>
    </>
  );
}
