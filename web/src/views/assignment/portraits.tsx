import type { Work } from "../../workspace/work";

export function Portraits(_: { work: Work }) {
  return null;
}
