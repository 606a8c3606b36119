/** The values of the inputs: as they are set, and as a slider moves one meanwhile. */
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { isAdopting } from "../../address/address";
import type { Expression } from "../../graph/expression";
import { INPUTS, SPARE, settings, type Input } from "./settings";

/**
 * What a slider is moving, as its field shows it. It is set once it is let go: an address can't be
 * written sixty times a second.
 */
const moving = signal<{ name: Input; text: string } | null>(null);

/** Where an input is. */
export function valueOf(name: Input): number {
  const moved = moving.value;
  const isMoving = moved?.name === name && settings.textOf(name) === moved.text;
  return isMoving ? Number(moved.text) : settings.values.value[name];
}

const valuesOf = (names: readonly Input[]) =>
  computed(() => Object.fromEntries(names.map((name) => [name, valueOf(name)])));

export const inputs = valuesOf(INPUTS);
export const spare = valuesOf(SPARE);

/** A slider moves an input. */
export function move(name: Input, value: number): void {
  batch(() => {
    const text = settings.table[name].write(value);
    settings.type(name, text);
    moving.value = { name, text };
  });
}

/** The slider has been let go. */
export function settle(name: Input): void {
  batch(() => {
    settings.leave(name);
    moving.value = null;
  });
}

/** Lets an expression follow the inputs that somebody moves; those of a link wait for Run. */
export function followInputs(expression: Expression): void {
  effect(() => {
    void [inputs.value, spare.value];
    untracked(isAdopting() ? expression.unfollow : expression.follow);
  });
}

/** The inputs to show: those that are always there, and those that are named, or set. */
export function shownInputs(names: readonly string[] | null): Input[] {
  const isShown = (name: Input) =>
    names?.includes(name) || settings.values.value[name] !== settings.table[name].initial;
  return [...INPUTS, ...SPARE.filter(isShown)];
}
