/** The sliders of a study: where its point is, and how far apart the two points of a difference. */
import type { ComponentChildren } from "preact";
import { Slider } from "../ui/slider";
import { float } from "../format";
import { EPSILONS, epsilonText } from "./epsilons";
import { niceStep, snapped } from "./lines";
import type { FunctionStudy } from "./study";

interface Props {
  study: FunctionStudy;
  about?: ComponentChildren;
}

/** Moves the point along an argument: 0 is x, 1 is y. */
export function PointSlider({ study, argument, about }: Props & { argument: 0 | 1 }) {
  const ends = study.asked.value.ranges[argument];
  const [from, to] = ends;
  const value = study.at.value[argument];
  const move = (moved: number) => {
    const [x, y] = study.at.peek();
    const there = snapped(moved, ends);
    study.at.value = argument === 0 ? [there, y] : [x, there];
  };
  return (
    <Slider
      label={argument === 0 ? "x" : "y"}
      value={value}
      min={from}
      max={to}
      step={niceStep(ends)}
      text={float(value, 6)}
      about={about}
      onMove={move}
    />
  );
}

/** On a scale of powers of ten. */
export function EpsilonSlider({ study, about }: Props) {
  const { value } = study.epsilon;
  return (
    <Slider
      label="Epsilon"
      value={value}
      min={0}
      max={EPSILONS.length - 1}
      step={1}
      text={epsilonText(EPSILONS[value]!)}
      about={about}
      onMove={(index) => (study.epsilon.value = index)}
    />
  );
}
