/** The Functions view: a function and its derivative, a point to move, and how close one can get. */
import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { hides } from "../../address/settings";
import { CurveFigure } from "../../functions/curve";
import { DerivativeFigure } from "../../functions/derivative";
import { ErrorFigure } from "../../functions/error";
import { EpsilonSlider, PointSlider } from "../../functions/sliders";
import type { FunctionStudy } from "../../functions/study";
import { SurfaceFigure } from "../../functions/surface";
import { GraphPanel } from "../../graph/panel";
import { lastStep } from "../../graph/walk";
import { findChosen } from "../library";
import { FunctionForm } from "./form";
import { PointTable } from "./pointtable";
import { settings } from "./settings";
import { theStudy } from "./study";
import { findText } from "./text";
import { words } from "./words";

// Once: the address has been read when the view is loaded.
findText();

/** Resolves when it is known which library it is to run on. */
export const isReady = findChosen(settings);

/** Where the walk back through the graph is. */
const step = signal(0);

export function FunctionsView() {
  const study = theStudy();
  const isOfTwo = study.size.value === 2;
  return (
    <div class={study.isStale.value ? "functions is-stale" : "functions"}>
      <header class="view-head">
        <h1 tabIndex={-1}>See how steep it is</h1>
        <p class="lede">
          A function, its derivative, and a point to move. The derivative is found twice: by the
          backward pass, and by a central difference, which is only as good as its epsilon.
        </p>
      </header>
      <div class="functions-top">
        <FunctionForm study={study} />
        {isOfTwo ? (
          <SurfaceFigure study={study} of="value" title="Function" about={words.surface}>
            <Sliders study={study} />
          </SurfaceFigure>
        ) : (
          <CurveFigure study={study} about={words.curve}>
            <Sliders study={study} />
          </CurveFigure>
        )}
      </div>
      {isOfTwo ? <Slopes study={study} /> : <SlopeAndError study={study} />}
      {!hides(settings, "table") && <PointTable study={study} />}
      {!hides(settings, "graph") && study.graph.value && <Graph study={study} />}
    </div>
  );
}

function Sliders({ study }: { study: FunctionStudy }) {
  const isOfTwo = study.size.value === 2;
  return (
    <div class="sliders">
      {!hides(settings, "x") && <PointSlider study={study} argument={0} about={words.point} />}
      {isOfTwo && !hides(settings, "y") && <PointSlider study={study} argument={1} />}
      {!hides(settings, "epsilon") && <EpsilonSlider study={study} about={words.epsilon} />}
    </div>
  );
}

function SlopeAndError({ study }: { study: FunctionStudy }) {
  return (
    <div class="functions-pair">
      {!hides(settings, "derivative") && (
        <DerivativeFigure study={study} about={words.derivative} />
      )}
      {!hides(settings, "error") && <ErrorFigure study={study} about={words.error} />}
    </div>
  );
}

function Slopes({ study }: { study: FunctionStudy }) {
  if (hides(settings, "derivative")) return null;
  return (
    <section class="functions-pair" aria-label="Derivative">
      <SurfaceFigure study={study} of={0} title="∂f/∂x" about={words.partial} />
      <SurfaceFigure study={study} of={1} title="∂f/∂y" about={words.partial} />
    </section>
  );
}

function Graph({ study }: { study: FunctionStudy }) {
  const shown = useRef(study.graph.value);
  if (shown.current !== study.graph.value || step.peek() === 0) {
    shown.current = study.graph.value;
    if (shown.current) step.value = lastStep(shown.current);
  }
  return (
    <GraphPanel
      graph={study.graph}
      step={step}
      title="Computation graph"
      isStale={study.isStale}
    />
  );
}
