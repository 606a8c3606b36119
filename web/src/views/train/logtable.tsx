/** The training log: a table of some epochs, and a file of them all. */
import { useComputed } from "@preact/signals";
import { count, duration, loss as lossText } from "../../format";
import type { Run } from "../../training/run";
import { Term } from "../../ui/term";
import { logEpochs, logInterval, toCsv } from "./log";
import { settings } from "./settings";
import { words } from "./words";

export function LogTable({ run }: { run: Run }) {
  const { drawn, goal, phase, points } = run;
  const interval = useComputed(() => logInterval(goal.value)).value;
  // As text, which is equal as long as there is no other row: then nothing is rendered.
  const listed = useComputed(() =>
    logEpochs(drawn.value.length, logInterval(goal.value), phase.value === "running").join(),
  ).value;
  const epochs = listed === "" ? [] : listed.split(",").map(Number);
  const total = points.value?.label.length ?? settings.values.value.points;
  const held = run.heldOut.value?.label.length ?? 0;
  const isSplit = held > 0;
  return (
    <div class="card log">
      <div class="card-head">
        <h2 id="log-title">Training log</h2>
        <Term describedBy="log-title">{words.log}</Term>
        <button
          type="button"
          class="quiet"
          onClick={() => download(run)}
          disabled={epochs.length === 0 || phase.value === "running"}
          title="Every epoch, as comma-separated values"
        >
          Download CSV
        </button>
      </div>
      <div class="log-scroll" tabIndex={0} role="group" aria-label="Rows, newest first">
        <table aria-labelledby="log-title" class={isSplit ? "is-split" : undefined}>
          <thead>
            <tr>
              <th scope="col">Epoch</th>
              <th scope="col">Loss in epoch</th>
              <th scope="col">Correct in epoch</th>
              {isSplit && <th scope="col">Held-out loss</th>}
              {isSplit && <th scope="col">Held-out correct</th>}
              <th scope="col">Time</th>
            </tr>
          </thead>
          <tbody>
            {epochs.map((epoch) => (
              <Row key={epoch} run={run} epoch={epoch} total={total} held={held} />
            ))}
            {epochs.length === 0 && (
              <tr class="log-empty">
                <td colSpan={held > 0 ? 6 : 4}>
                  Empty so far. While the network trains, {intervalText(interval)} is written down
                  here.
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface RowProps {
  run: Run;
  epoch: number;
  total: number;
  /** How many points are held out. */
  held: number;
}

function Row({ run, epoch, total, held }: RowProps) {
  // A row never changes: it need not listen to the epochs after it.
  const record = run.drawn.peek().at(epoch);
  if (!record) return null;
  return (
    <tr>
      <td>{count(epoch)}</td>
      <td>{lossText(record.loss)}</td>
      <td>
        {count(record.correct)} of {count(total)}
      </td>
      {held > 0 && <td>{lossText(record.heldLoss)}</td>}
      {held > 0 && (
        <td>
          {Number.isNaN(record.heldCorrect) ? "–" : count(record.heldCorrect)} of {count(held)}
        </td>
      )}
      <td>{duration(record.seconds)}</td>
    </tr>
  );
}

function intervalText(interval: number): string {
  return interval === 1 ? "every epoch" : `every ${interval}th epoch`;
}

function download(run: Run): void {
  const { dataset, hidden, seed } = settings.values.value;
  const file = new Blob([toCsv(run.records.value)], { type: "text/csv" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `minitorch-${dataset.toLowerCase()}-h${hidden}-seed${seed}.csv`;
  link.click();
  // The browser has begun to read it by the next turn; only then may it be let go.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
