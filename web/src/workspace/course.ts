/** The assignment as the build describes it (`web/tools/content.py`): tasks, files, tests. */
import { fetchJson, findAssets } from "../python/assets";

/** A file of the project: as a learner first finds it, and with every blank filled. */
export interface CourseFile {
  path: string;
  skeleton: string;
  solved: string;
  /** The tasks that have blanks in it; none for a file that is given. */
  tasks: string[];
}

/** A piece of code, and where it is: `minitorch/autodiff.py`, `topological_sort`. */
export interface Source {
  file: string;
  name: string;
  code: string;
}

/** Either a text as HTML, or two pieces of code to be seen side by side. */
export type Comparison = { html: string } | { course: Source; fast: Source };

/** One task; its texts are HTML that the build has made. */
export interface Task {
  /** "1.2" */
  id: string;
  title: string;
  /** pytest's mark of its tests: "task1_2". */
  mark: string;
  statement: string;
  /** The files with its blanks. */
  files: string[];
  tests: string[];
  blanks: { file: string; function: string; solution: string }[];
  hints: string[];
  /** Its files, with this task and those before it solved. */
  solution: Record<string, string>;
  /** The mistakes that can be recognised; a message may say `{where}`. */
  mistakes: { name: string; message: string }[];
  /** For each test, by the name of its function: the part of a guide that explains it. */
  reading: Record<string, { href: string; title: string }>;
  compare: Comparison[];
}

export interface Course {
  tasks: Task[];
  files: CourseFile[];
  /** The tests and their settings, by their paths in the project. */
  support: Record<string, string>;
  /** What names mistakes, by its paths in a folder of its own. */
  recognisers: Record<string, string>;
  /** Where the skeleton is, packed as a project. */
  download: string;
}

let course: Promise<Course> | null = null;

/**
 * Fetches the course, once for all who ask.
 *
 * @throws Error in words, if it does not arrive; who asks again tries again.
 */
export function fetchCourse(): Promise<Course> {
  course ??= fetchJson<Course>(findAssets().course).catch((error: unknown) => {
    course = null;
    throw new Error("The assignment’s files could not be loaded.", { cause: error });
  });
  return course;
}
