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
    let gone = false;
    let clear = () => {};
    setProblem(null);
    const show = async () => {
      try {
        const figure = await embedFigure(name, element);
        clear = () => figure.remove();
        if (gone) return clear();
        const stop = feed(figure);
        clear = () => {
          stop();
          figure.remove();
        };
      } catch (error) {
        if (gone) return;
        clear();
        clear = () => {};
        setProblem(error instanceof Error ? error.message : String(error));
      }
    };
    const begin = patient ? whenSeen : atOnce;
    const callOff = begin(element, () => void show());
    return () => {
      gone = true;
      callOff();
      clear();
    };
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
