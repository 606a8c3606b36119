/** What a change does to a text, line by line: taken away, added, and a little of what stays. */
import { diffLines } from "diff";
import { useMemo } from "preact/hooks";
import { counted } from "../../format";

/** Lines that are shown of what stays, on each side of a change. */
const AROUND = 3;

interface Line {
  kind: "same" | "removed" | "added" | "gap";
  text: string;
}

export function Difference({ path, before, after }: { path: string; before: string; after: string }) {
  const lines = useMemo(() => linesOf(before, after), [before, after]);
  return (
    <figure class="difference">
      <figcaption>{path}</figcaption>
      <div class="difference-lines" tabIndex={0} role="group" aria-label={`Changes in ${path}`}>
        {lines.map((line, i) => (
          <LineOf key={i} {...line} />
        ))}
      </div>
    </figure>
  );
}

const SIGNS = { same: " ", removed: "−", added: "+", gap: " " };

function LineOf({ kind, text }: Line) {
  const content = (
    <>
      <span class="difference-sign" aria-hidden="true">
        {SIGNS[kind]}
      </span>
      {text || " "}
    </>
  );
  if (kind === "removed") return <del>{content}</del>;
  if (kind === "added") return <ins>{content}</ins>;
  if (kind === "gap") return <span class="difference-gap">{content}</span>;
  return <span>{content}</span>;
}

export function linesOf(before: string, after: string): Line[] {
  const parts = diffLines(before, after);
  return parts.flatMap(({ value, added, removed }, i): Line[] => {
    const texts = value.replace(/\n$/, "").split("\n");
    const kind = added ? "added" : removed ? "removed" : "same";
    const lines = texts.map((text) => ({ kind, text }) as Line);
    if (kind !== "same") return lines;
    const head = i === 0 ? 0 : AROUND;
    const tail = i === parts.length - 1 ? 0 : AROUND;
    const hidden = lines.length - head - tail;
    if (hidden <= 1) return lines;
    const gap: Line = { kind: "gap", text: `… ${counted(hidden, "line")} as before` };
    return [...lines.slice(0, head), gap, ...(tail ? lines.slice(-tail) : [])];
  });
}
