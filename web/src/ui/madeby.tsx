/** Says which library a result was made with, where there are two. */
import type { Library } from "../protocol/starting";

export function MadeBy({ library }: { library: Library | null }) {
  if (!library) return null;
  return <span class="made-by">{nameOfLibrary(library)}</span>;
}

/** To follow what was done: "on your minitorch". */
export function nameOfLibrary({ name }: Library): string {
  return name === "Yours" ? "on your minitorch" : "on the reference";
}
