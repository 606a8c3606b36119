/** Labelled fields: a number that is checked while it is typed, and a choice. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import type { ChoiceSetting, NumberSetting } from "../address/settings";
import { Term } from "./term";

interface Common {
  label: string;
  /** A short line under the field. */
  hint?: string | undefined;
  /** What the word means, behind a question mark. */
  about?: ComponentChildren;
}

interface NumberFieldProps extends Common {
  setting: NumberSetting;
  value: number;
  onChange(value: number): void;
}

export function NumberField({ label, hint, about, setting, value, onChange }: NumberFieldProps) {
  const id = useId();
  // What is typed stays as it is, even where it is no number; `value` is the last good one.
  const [text, setText] = useState(setting.write(value));
  const reading = setting.read(text);

  useEffect(() => {
    if (!reading.ok || reading.value !== value) setText(setting.write(value));
  }, [value]);

  const onInput = (event: { currentTarget: HTMLInputElement }) => {
    const typed = event.currentTarget.value;
    setText(typed);
    const next = setting.read(typed);
    if (next.ok) onChange(next.value);
  };

  return (
    <div class="field">
      <FieldLabel id={id} label={label} about={about} />
      <input
        id={id}
        type="number"
        inputMode={setting.step === "1" ? "numeric" : "decimal"}
        min={setting.min}
        max={setting.max}
        step={setting.step}
        value={text}
        onInput={onInput}
        aria-invalid={!reading.ok}
        aria-describedby={`${id}-note`}
      />
      <p class="field-note" id={`${id}-note`}>
        {reading.ok ? (
          hint
        ) : (
          <span role="alert" class="field-error">
            This is not {reading.expected}.
          </span>
        )}
      </p>
    </div>
  );
}

interface ChoiceFieldProps<V> extends Common {
  setting: ChoiceSetting<V>;
  value: V;
  onChange(value: V): void;
}

export function ChoiceField<V extends string | number>(props: ChoiceFieldProps<V>) {
  const { label, hint, about, setting, value, onChange } = props;
  const id = useId();
  const onPick = (event: { currentTarget: HTMLSelectElement }) => {
    const reading = setting.read(event.currentTarget.value);
    if (reading.ok) onChange(reading.value);
  };
  return (
    <div class="field">
      <FieldLabel id={id} label={label} about={about} />
      <select id={id} value={String(value)} onChange={onPick} aria-describedby={`${id}-note`}>
        {setting.choices.map((one) => (
          <option key={one} value={String(one)}>
            {setting.names[String(one)] ?? one}
          </option>
        ))}
      </select>
      <p class="field-note" id={`${id}-note`}>
        {hint}
      </p>
    </div>
  );
}

function FieldLabel({ id, label, about }: { id: string; label: string; about: ComponentChildren }) {
  return (
    <div class="field-label">
      <label for={id} id={`${id}-label`}>
        {label}
      </label>
      {about && <Term describedBy={`${id}-label`}>{about}</Term>}
    </div>
  );
}
