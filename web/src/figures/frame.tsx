/**
 * A place on the page for a Bokeh figure: it appears when loaded, and says so when it can't.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { embedFigure, type Figure } from "./figures";
import { atOnce, whenSeen } from "./seen";

interface Props {
  name: string;
  /** What the picture shows, for those who can't see it. */
  label: string;
  class?: string;
  /** Loads it only when it can be seen: nobody has asked for it yet. */
  patient?: boolean;
  /** Gets the figure once; feeds it from signals until the function returned is called. */
  feed(figure: Figure): () => void;
}

export function FigureFrame({ name, label, class: className = "", patient, feed }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const leaving = new AbortController();
    const undo: (() => void)[] = [];
    const leave = () => {
      leaving.abort();
      for (let last = undo.pop(); last; last = undo.pop()) last();
    };
    const show = async () => {
      try {
        const figure = await embedFigure(name, element, leaving.signal);
        undo.push(() => figure.remove());
        undo.push(feed(figure));
      } catch (error) {
        if (leaving.signal.aborted) return;
        leave();
        setProblem(error instanceof Error ? error.message : String(error));
      }
    };
    setProblem(null);
    const load = patient ? whenSeen : atOnce;
    undo.push(load(element, () => void show()));
    return leave;
  }, [name, attempt]);

  return (
    <div class={`figure ${className}`}>
      <div class="figure-canvas" ref={frame} role="img" aria-label={label} />
      {problem && (
        <div class="figure-problem" role="alert">
          <p>{problem}</p>
          <button type="button" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </button>
        </div>
      )}
    </div>
  );
}
