/** Mistakes in a backward, to be switched on, beside what a central difference says. */
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { float } from "../../format";
import { Slider } from "../../ui/slider";
import { EXAMPLES, FAULTS, codeOf, difference, type At, type Example, type Fault } from "./faults";

export function MistakesPart({ name }: { name: string }) {
  const example = useSignal<Example>(EXAMPLES[0] as Example);
  const fault = useSignal<Fault>(FAULTS[0] as Fault);
  const [d, x, y] = [useSignal(5), useSignal(3), useSignal(2)];
  const id = useId();
  return (
    <section class="card plot" aria-labelledby={id}>
      <h3 id={id}>{name}</h3>
      <div class="plot-controls">
        <Choices legend="Function" all={EXAMPLES} chosen={example} />
        <Choices legend="Mistake" all={FAULTS} chosen={fault} />
      </div>
      <pre tabIndex={0}>
        <code>{codeOf(example.value, fault.value)}</code>
      </pre>
      <div class="plot-controls">
        <Slider label="d_output" {...range(d)} />
        <Slider label="x" {...range(x)} />
        {example.value.name === "Mul" && <Slider label="y" {...range(y)} />}
      </div>
      <p class="plot-words" aria-live="polite">
        {verdict(example.value, fault.value, { d: d.value, x: x.value, y: y.value })}
      </p>
    </section>
  );
}

function range(of: { value: number }) {
  return {
    value: of.value,
    min: -5,
    max: 5,
    step: 0.1,
    text: float(of.value),
    onMove: (moved: number) => (of.value = moved),
  };
}

interface ChoicesProps<T> {
  legend: string;
  all: readonly T[];
  chosen: { value: T };
}

function Choices<T extends { name: string }>({ legend, all, chosen }: ChoicesProps<T>) {
  const group = useId();
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {all.map((one) => (
        <label key={one.name}>
          <input
            type="radio"
            name={group}
            checked={one === chosen.value}
            onChange={() => (chosen.value = one)}
          />
          {one.name}
        </label>
      ))}
    </fieldset>
  );
}

/** What backward says of z = d · f by x, and what differences say. */
export function verdict(example: Example, fault: Fault, at: At): string {
  const expected = difference(example, at);
  const differences = `A central difference says ${float(expected, 5)}.`;
  const found = fault.value(example, at);
  const asked = `For z = ${float(at.d)} · ${example.says}, backward`;
  if (found === null) {
    return `${asked} fails: saved_values is empty, so there is nothing to take out. ${differences}`;
  }
  const isRight = Math.abs(found - expected) < 1e-4 * Math.max(1, Math.abs(expected));
  const end = isRight ? "They agree." : "They don’t agree.";
  return `${asked} says ${float(found, 5)}. ${differences} ${end}`;
}
