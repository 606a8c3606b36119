/** A slider over a signal, on an even scale or on one of powers of ten. */
import type { Signal } from "@preact/signals";
import { float } from "../format";
import { Slider } from "../ui/slider";
import { power } from "./scale";

interface Props {
  label: string;
  value: Signal<number>;
  /** The bounds; on a scale of powers of ten they are exponents. */
  min: number;
  max: number;
  step?: number;
  isLog?: boolean;
}

export function SignalSlider({ label, value, min, max, step, isLog = false }: Props) {
  return (
    <Slider
      label={label}
      value={isLog ? Math.log10(value.value) : value.value}
      min={min}
      max={max}
      step={step ?? (max - min) / 200}
      text={isLog && value.value < 1e-3 ? power(value.value) : float(value.value, isLog ? 2 : 4)}
      onMove={(moved) => (value.value = isLog ? 10 ** moved : moved)}
    />
  );
}
