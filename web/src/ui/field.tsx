/** Labelled fields of a view's settings: a number that is taken when its field is left, a choice. */
import type { ComponentChildren } from "preact";
import { useEffect, useId } from "preact/hooks";
import { hides, type Settings } from "../address/settings";
import type { ChoiceSetting, NumberSetting, Table } from "../address/table";
import { Term } from "./term";

type Kind = "number" | "choice";
type NamesOf<T extends Table, K extends Kind> = {
  [Name in keyof T]: T[Name] extends { kind: K } ? Name & string : never;
}[keyof T];

interface Props<T extends Table, K extends Kind> {
  /** The settings, and the name of the one that is set here. */
  of: Settings<T>;
  name: NamesOf<T, K>;
  /** What the word means, behind a question mark. */
  about?: ComponentChildren;
}

export function NumberField<T extends Table>({ of, name, about }: Props<T, "number">) {
  const id = useId();
  const { label, min, max, hint, read } = of.table[name] as unknown as NumberSetting;
  const text = of.textOf(name);
  const complaint = of.complaintAbout(name);
  const reading = read(text);
  const now = reading.ok ? reading.value : (of.values.value[name] as number);

  // A field that is taken away loses the focus, but not every browser tells it.
  useEffect(() => () => of.leave(name), [of, name]);

  const step = (by: number) => of.type(name, stepped(now, by, min, max));
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (of.take(name)) event.currentTarget.form?.requestSubmit();
    } else if (event.key === "Escape") {
      of.restore(name);
    } else if (event.key in STEPS) {
      event.preventDefault();
      step(STEPS[event.key] ?? 0);
    }
  };

  if (hides(of, name)) return null;
  return (
    <div class="field">
      <FieldLabel id={id} label={label} />
      <div class="number">
        <input
          id={id}
          name={name}
          type="text"
          role="spinbutton"
          // The keyboards for numbers that phones have may lack a minus.
          inputMode={min !== undefined && min >= 0 ? "numeric" : "text"}
          autocomplete="off"
          spellcheck={false}
          value={text}
          aria-valuenow={now}
          aria-valuemin={min}
          aria-valuemax={max}
          aria-invalid={complaint !== null}
          aria-describedby={`${id}-note`}
          onInput={(event) => of.type(name, event.currentTarget.value)}
          onBlur={() => of.leave(name)}
          onKeyDown={onKeyDown}
          // Not before: while a key is held, values rush by that nobody wants.
          onKeyUp={(event) => event.key in STEPS && of.take(name)}
        />
        <Stepper
          onStep={(by) => {
            step(by);
            of.leave(name);
          }}
        />
      </div>
      <p class="field-note" id={`${id}-note`}>
        {complaint === null ? (
          hint
        ) : (
          <span role="alert" class="field-error">
            Needs {complaint}.
          </span>
        )}
      </p>
      <About id={id}>{about}</About>
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1 };

function stepped(from: number, by: number, min = -Infinity, max = Infinity): string {
  // 2.2 − 1 is 1.2 here, and not 1.2000000000000002.
  return String(Math.min(max, Math.max(min, Number((from + by).toPrecision(15)))));
}

/** Two arrows for the mouse; who can't see them has the keys. */
function Stepper({ onStep }: { onStep(by: number): void }) {
  const press = (by: number) => (event: Event) => {
    event.preventDefault(); // the focus stays where it is
    onStep(by);
  };
  return (
    <span class="stepper" aria-hidden="true">
      <span onPointerDown={press(1)}>
        <svg viewBox="0 0 8 5">
          <path d="M1 4 4 1 7 4" />
        </svg>
      </span>
      <span onPointerDown={press(-1)}>
        <svg viewBox="0 0 8 5">
          <path d="M1 1 4 4 7 1" />
        </svg>
      </span>
    </span>
  );
}

export function ChoiceField<T extends Table>({ of, name, about }: Props<T, "choice">) {
  const id = useId();
  const setting = of.table[name] as unknown as ChoiceSetting<string | number>;
  const value = of.values.value[name] as string | number;
  const onPick = (event: { currentTarget: HTMLSelectElement }) => {
    of.type(name, event.currentTarget.value);
    of.leave(name);
  };
  if (hides(of, name)) return null;
  return (
    <div class="field">
      <FieldLabel id={id} label={setting.label} />
      <select
        id={id}
        name={name}
        value={setting.write(value)}
        onChange={onPick}
        aria-describedby={`${id}-note`}
      >
        {setting.choices.map((one) => (
          <option key={one} value={setting.write(one)}>
            {setting.nameOf(one)}
          </option>
        ))}
      </select>
      <p class="field-note" id={`${id}-note`}>
        {setting.hintOf(value)}
      </p>
      <About id={id}>{about}</About>
    </div>
  );
}

export function FieldLabel({ id, label }: { id: string; label: string }) {
  return (
    <label class="field-label" for={id} id={`${id}-label`}>
      {label}
    </label>
  );
}

/** Beside the label to the eye, and after the control to everybody else. */
export function About({ id, children }: { id: string; children: ComponentChildren }) {
  if (!children) return null;
  return (
    <Term describedBy={`${id}-label`} control={id}>
      {children}
    </Term>
  );
}
