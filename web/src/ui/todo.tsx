/** The task that is still to be done where something went wrong, and the way there. */
import type { PythonProblem } from "../protocol/problems";

export function ToDo({ problem: { task } }: { problem: PythonProblem }) {
  if (task === null) return null;
  return (
    <p>
      That is for you to write: <a href={`#/assignment/${task}`}>task {task}</a>.
    </p>
  );
}
