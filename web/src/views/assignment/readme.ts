/** The portraits in words: the log as the course's script prints it, and a part for a README. */
import type { Records } from "../../training/records";

/** What was trained, and how it went. */
export interface Trained {
  dataset: string;
  points: number;
  hidden: number;
  rate: number;
  epochs: number;
  /** How many points are on the right side at the end. */
  correct: number;
  log: readonly string[];
}

/** A line for every tenth epoch and for the last, as `project/run_scalar.py` prints them. */
export function logOf(records: Records): string[] {
  const { loss, correct } = records.part(0, records.length);
  const lines: string[] = [];
  loss.forEach((value, i) => {
    const epoch = i + 1;
    const isShown = epoch % 10 === 0 || epoch === records.length;
    if (isShown) lines.push(`Epoch ${epoch}  loss ${value.toFixed(6)}  correct ${correct[i] ?? 0}`);
  });
  return lines;
}

/** The name of a dataset's files, without an ending. */
export function fileOf({ dataset }: Pick<Trained, "dataset">): string {
  return dataset.toLowerCase();
}

/** Markdown that shows each picture with its log. */
export function readmePart(all: readonly Trained[]): string {
  return ["## Task 1.5: training", ...all.map(section)].join("\n\n") + "\n";
}

function section(one: Trained): string {
  const { dataset, points, hidden, rate, epochs, correct, log } = one;
  return [
    `### ${dataset}`,
    `${points} points, hidden size ${hidden}, learning rate ${rate}, ${epochs} epochs: ` +
      `${correct} of ${points} points are on the right side.`,
    `![The decision boundary for ${dataset}](${fileOf(one)}.png)`,
    ["```text", ...log, "```"].join("\n"),
  ].join("\n\n");
}
