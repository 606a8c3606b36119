/** A labelled slider, with its value beside the label. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { About, FieldLabel } from "./field";

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** The value as people read it; the number itself otherwise. */
  text?: string;
  /** What the word means, behind a question mark. */
  about?: ComponentChildren;
  disabled?: boolean;
  onMove(value: number): void;
}

export function Slider({ label, text, about, onMove, ...rest }: Props) {
  const id = useId();
  const shown = text ?? String(rest.value);
  return (
    <div class="field slider">
      <FieldLabel id={id} label={label} />
      <input
        id={id}
        type="range"
        {...rest}
        aria-valuetext={shown}
        onInput={(event) => onMove(event.currentTarget.valueAsNumber)}
      />
      <output class="slider-value" for={id}>
        {shown}
      </output>
      <About id={id}>{about}</About>
    </div>
  );
}
