/** The inputs: a field and a slider each. One that the text does not name is there, and greyed. */
import { useRef } from "preact/hooks";
import { hides } from "../../address/settings";
import { float } from "../../format";
import type { Expression } from "../../graph/expression";
import { NumberField } from "../../ui/field";
import { move, settle, shownInputs, valueOf } from "./inputs";
import { reachOf } from "./reach";
import { settings, type Input } from "./settings";

export function InputFields({ expression }: { expression: Expression }) {
  const names = expression.names.value;
  return (
    <div class="inputs">
      {shownInputs(names).map((name) => (
        <InputField key={name} name={name} isUnused={names !== null && !names.includes(name)} />
      ))}
    </div>
  );
}

function InputField({ name, isUnused }: { name: Input; isUnused: boolean }) {
  if (hides(settings, name)) return null;
  return (
    <div class={isUnused ? "input is-unused" : "input"}>
      <NumberField of={settings} name={name} />
      <InputSlider name={name} />
      {isUnused && <span class="unused">unused</span>}
    </div>
  );
}

function InputSlider({ name }: { name: Input }) {
  const value = valueOf(name);
  // The ends stay where they are while it moves between them.
  const last = useRef({ value, reach: reachOf(value) });
  if (last.current.value !== value) last.current = { value, reach: reachOf(value) };
  const { reach } = last.current;
  const onMove = (moved: number) => {
    last.current = { value: moved, reach };
    move(name, moved);
  };
  return (
    <input
      class="input-slider"
      type="range"
      aria-label={name}
      aria-valuetext={float(value)}
      min={-reach}
      max={reach}
      step={reach / 50}
      value={value}
      onInput={(event) => onMove(event.currentTarget.valueAsNumber)}
      onChange={() => settle(name)}
    />
  );
}
