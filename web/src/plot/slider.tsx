/** A slider with its name and its number; its keys move it by a fine step. */
import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import { float } from "../format";

interface Props {
  label: string;
  value: Signal<number>;
  min: number;
  max: number;
  step?: number;
  /** On a scale of powers of ten; min and max are then exponents. */
  isLog?: boolean;
}

export function Slider({ label, value, min, max, step, isLog = false }: Props) {
  const id = useId();
  const at = isLog ? Math.log10(value.value) : value.value;
  const text = isLog ? value.value.toExponential(0).replace("e-", "e−") : float(value.value, 4);
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step ?? (max - min) / 200}
        value={at}
        aria-valuetext={text}
        onInput={(event) => {
          const moved = Number(event.currentTarget.value);
          value.value = isLog ? 10 ** moved : moved;
        }}
      />
      <output for={id}>{text}</output>
    </div>
  );
}
