/** What goes wrong in the learner's code. */

/** What went wrong in the learner's code, in their terms. */
export interface PythonProblem {
  /** The exception's class, such as "NameError"; "Stopped" where the learner interrupted it. */
  kind: string;
  message: string;
  /** Which of their files it happened in; null: the text that was run itself. */
  file: string | null;
  /** The line there, from 1, where there is one. */
  line: number | null;
  /** The task of the assignment that is still to be done there, such as "1.2". */
  task: string | null;
  /** A sentence on what to try, where there is one to give. */
  hint: string | null;
  /** The learner's part of the traceback. */
  traceback: string;
}

/** A call that the learner's library could not answer: it says why. */
export class ProblemError extends Error {
  override name = "ProblemError";

  constructor(readonly problem: PythonProblem) {
    super(problem.message);
  }
}
