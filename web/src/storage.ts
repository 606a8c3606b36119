/**
 * What is remembered between visits. A browser may refuse to store anything (a private window,
 * a full disk, a policy), so a failure here is silent: the page works the same without it.
 */

const PREFIX = "minitorch.";

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // Refused or full: nothing is lost but the memory of it.
  }
}
