/** A slider back through the epochs of a run that rests. */
import { useMemo } from "preact/hooks";
import { count } from "../../format";
import { lookBack } from "../../training/replay";
import type { Run } from "../../training/run";
import { Slider } from "../../ui/slider";

export function Replay({ run }: { run: Run }) {
  const show = useMemo(() => lookBack(run), [run]);
  const epoch = run.epoch.value;
  const isAtRest = run.phase.value === "ready";
  const first = run.snapshots.value.all[0]?.epoch ?? epoch;
  const at = run.looked.value?.checkpoint.epoch ?? epoch;
  return (
    <Slider
        label="Look back at epoch"
        value={at}
        min={first}
        max={Math.max(epoch, first + 1)}
        step={1}
        text={count(at)}
        disabled={!isAtRest || epoch - first < 2}
        onMove={show}
      />
  );
}
