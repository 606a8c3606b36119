/** What the page, its service worker and the build say to each other about versions. */

/** The list that the build writes into `sw.js`. */
export interface Site {
  /** Changes with any file. */
  version: string;
  /** Fits the paths that have a hash of the content in them. */
  namedByContent: string;
  headers: { all: Record<string, string>; scripts: Record<string, string> };
  /** What every visit may need, by path; each with the hash that `fetch` checks. */
  core: Record<string, string>;
  /** What is kept when it is first fetched. */
  later: Record<string, string>;
}

/** What the service worker answers when the page says hello, or says when it takes over. */
export interface Standing {
  version: string;
  /** All that a visit needs is stored. */
  complete: boolean;
}

/** The lock that every open page of a version holds, so that its files are not deleted. */
export function lockOf(scope: string, version: string): string {
  return `${scope} version ${version}`;
}
