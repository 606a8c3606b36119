/** The training log: a table of some epochs, and a file of them all. */
import { values } from "../../address";
import { count, loss as lossText } from "../../format";
import { logInterval, logRows, toCsv } from "./log";
import { goal, phase, points, records } from "./run";

export function LogTable() {
  const interval = logInterval(goal.value);
  const rows = logRows(records.value, interval, phase.value === "running");
  const total = points.value?.label.length ?? values.train.value.points;
  return (
    <div class="card log">
      <div class="card-head">
        <h2 id="log-title">Training log</h2>
        <button
          type="button"
          class="quiet"
          onClick={download}
          disabled={rows.length === 0 || phase.value === "running"}
          title="Every epoch, as comma-separated values"
        >
          Download CSV
        </button>
      </div>
      <div class="log-scroll" tabIndex={0} role="group" aria-label="Rows, newest first">
        <table aria-labelledby="log-title">
          <thead>
            <tr>
              <th scope="col">Epoch</th>
              <th scope="col">Loss</th>
              <th scope="col">Correct</th>
              <th scope="col">Time</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.epoch}>
                <td>{count(row.epoch)}</td>
                <td>{lossText(row.loss)}</td>
                <td>
                  {count(row.correct)} of {count(total)}
                </td>
                <td>{duration(row.seconds)}</td>
              </tr>
            ))}
            {rows.length === 0 && (
              <tr class="log-empty">
                <td colSpan={4}>
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

function intervalText(interval: number): string {
  return interval === 1 ? "every epoch" : `every ${interval}th epoch`;
}

function duration(seconds: number): string {
  return seconds < 1
    ? `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms`
    : `${seconds.toFixed(2)} s`;
}

function download(): void {
  const { dataset, hidden, seed } = values.train.value;
  const file = new Blob([toCsv(records.value)], { type: "text/csv" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `minitorch-${dataset.toLowerCase()}-h${hidden}-seed${seed}.csv`;
  link.click();
  // The browser has begun to read it by the next turn; only then may it be let go.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
