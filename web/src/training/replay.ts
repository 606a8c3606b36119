/** Looking back at earlier epochs of a run: the figures follow, the run stays where it is. */
import { look } from "./calls";
import type { Run } from "./run";

/** Shows the run as it was at an epoch, or at the last one before it that was kept. */
export function lookBack(run: Run): (epoch: number) => void {
  let wanted = 0;
  return (epoch) => {
    const mine = ++wanted;
    const checkpoint = run.snapshots.peek().at(epoch);
    if (!checkpoint || epoch >= run.epoch.peek()) {
      run.looked.value = null;
      return;
    }
    const show = async () => {
      const found = await run.ask((home) => look(checkpoint.parameters, home));
      // Another epoch may be wanted by now, or the run goes on.
      if (mine !== wanted || !found || run.phase.peek() !== "ready") return;
      run.looked.value = { checkpoint, boundary: { ...found, epoch: checkpoint.epoch } };
    };
    void show().catch(() => undefined);
  };
}
