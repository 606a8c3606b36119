/** Python packages that the site has, fetched when they are first needed. */
import type { LoadProgress } from "../protocol/starting";
import { Fetches } from "./fetches";
import { XMLHttpRequest, btoa } from "./own";
import { pyodide } from "./python";

/** What is read of `pyodide-lock.json`. */
interface Lock {
  packages: Record<string, { file_name: string; sha256: string; depends: string[] }>;
}

/** The text of that file, and the address that the packages' own begin with. */
export interface Index {
  lock: string;
  place: string;
}

interface Importlib {
  invalidate_caches(): void;
}

/** Where Python looks for packages. */
const SITE = "/lib/python3.14/site-packages";

const installed = new Set<string>();

/** Installs packages and what they need, unless they are here already. */
export async function fetchPackages(
  names: readonly string[],
  { lock, place }: Index,
  onProgress: (progress: LoadProgress) => void,
): Promise<void> {
  const { packages } = JSON.parse(lock) as Lock;
  const missing = withWhatTheyNeed(names, packages).filter((name) => !installed.has(name));
  if (missing.length === 0) return;
  const fetches = new Fetches(onProgress);
  fetches.begin(`Fetching ${names.join(" and ")}`);
  const files = missing.map((name) => {
    const { file_name, sha256 } = packages[name]!;
    return fetches.bytes(place + file_name, integrityOf(sha256));
  });
  for (const [i, file] of (await Promise.all(files)).entries()) {
    pyodide().unpackArchive(file, "wheel", { extractDir: SITE });
    installed.add(missing[i]!);
  }
  const { invalidate_caches } = pyodide().pyimport("importlib") as unknown as Importlib;
  invalidate_caches();
}

/** Fetches the file of one package while Python waits: programs have no other way to wait. */
export function wheel({ lock, place }: Index, name: string): Uint8Array {
  const { packages } = JSON.parse(lock) as Lock;
  if (!Object.hasOwn(packages, name)) throw new Error(`The site has no ${name}.`);
  const request = new XMLHttpRequest();
  request.open("GET", place + packages[name]!.file_name, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`the answer was ${request.status}`);
  return new Uint8Array(request.response as ArrayBuffer);
}

function withWhatTheyNeed(names: readonly string[], packages: Lock["packages"]): string[] {
  const found = new Set(names);
  for (const name of found) packages[name]?.depends.forEach((needed) => found.add(needed));
  return [...found];
}

/** The hash of a lock, as `integrity` has it. */
function integrityOf(sha256: string): string {
  const bytes = sha256.match(/../g) ?? [];
  return `sha256-${btoa(bytes.map((hex) => String.fromCharCode(parseInt(hex, 16))).join(""))}`;
}
