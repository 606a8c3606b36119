/** What goes wrong in the learner's code. */

/** What went wrong in Python, in the learner's terms. */
export interface PythonProblem {
  /** The exception's class, such as "NameError"; "Stopped" where the learner interrupted it. */
  kind: string;
  message: string;
  /** The line (from 1) of the learner's own text, where there is one. */
  line: number | null;
  /** A sentence on what to try, where there is one to give. */
  hint: string | null;
  /** The learner's part of the traceback. */
  traceback: string;
}
