/** The view's own study, in step with the settings of the address. */
import { computed, effect, signal, untracked } from "@preact/signals";
import { EPSILONS, nearestEpsilon } from "../../functions/epsilons";
import { secondRange } from "../../functions/catalogue";
import { createFunctionStudy, isSame, type Asked, type FunctionStudy } from "../../functions/study";
import { isSameLibrary } from "../../python/client";
import type { Ends } from "../../protocol/functions";
import { chosenLibrary } from "../library";
import { settings } from "./settings";
import { chosen, codeNow } from "./text";

/** The address follows when the point has rested. */
const ADDRESS_MS = 300;

const library = chosenLibrary(settings);

/** The same object for as long as the same is asked: other settings move the point. */
let last: Asked | null = null;

const asked = computed<Asked>(() => {
  const { from, to, yfrom, yto } = settings.values.value;
  const ranges = [upwards(from, to), upwards(yfrom, yto)] as const;
  const now = { code: codeNow.value, ranges, library: library.value };
  return (last = last && isSame(last, now) ? last : now);
});

function upwards(one: number, other: number): Ends {
  if (one === other) return [one - 1, one + 1];
  return one < other ? [one, other] : [other, one];
}

/** What the learner has asked to be run: it may run again, over another range. */
const approved = signal<Asked | null>(null);

/** Whether it may run without being asked for: it is ours, or has been asked for before. */
const mayRun = computed(() => {
  if (chosen.value && !library.value) return true;
  const before = approved.value;
  return before?.code === codeNow.value && isSameLibrary(before.library, library.value);
});

let study: FunctionStudy | null = null;

/** The one study of the view: what it has found survives a look at another view. */
export function theStudy(): FunctionStudy {
  if (study) return study;
  followFunction();
  const { x, y, epsilon } = settings.values.peek();
  study = createFunctionStudy(asked, [x, y]);
  study.epsilon.value = nearestEpsilon(epsilon);
  followPoint(study);
  const { run } = study;
  effect(() => {
    void asked.value;
    if (mayRun.value) untracked(() => void run());
  });
  return study;
}

/** Runs what is written, as the learner has asked. */
export function runNow(): void {
  const isNews = !mayRun.peek();
  approved.value = asked.peek();
  if (!isNews) void theStudy().run();
}

/** Another function brings the range that shows its shape, unless an address has said another. */
function followFunction(): void {
  const initial = (key: PlaceKey) => settings.table[key].initial;
  let before = { ...settings.values.peek(), function: "" };
  effect(() => {
    const now = settings.values.value;
    const last = before;
    before = now;
    const one = chosen.peek();
    if (now.function === last.function || !one) return;
    const [yfrom, yto] = secondRange(one);
    const places = { from: one.x[0], to: one.x[1], yfrom, yto, x: one.at[0], y: one.at[1] };
    const keys = Object.keys(places) as PlaceKey[];
    const untouched = keys.filter((key) => [last[key], initial(key)].includes(now[key]));
    const isFirst = last.function === "";
    const ours = isFirst ? keys.filter((key) => now[key] === initial(key)) : untouched;
    settings.change(Object.fromEntries(ours.map((key) => [key, places[key]])));
    before = settings.values.peek();
  });
}

type PlaceKey = "from" | "to" | "yfrom" | "yto" | "x" | "y";

function clamped(value: number, [from, to]: Ends): number {
  return Math.min(to, Math.max(from, value));
}

function followPoint({ at, epsilon }: FunctionStudy): void {
  // The point stays in sight, whatever the range becomes.
  effect(() => {
    const { ranges } = asked.value;
    const [x, y] = at.value;
    const [across, up] = [clamped(x, ranges[0]), clamped(y, ranges[1])];
    if (across !== x || up !== y) at.value = [across, up];
  });
  let timer = 0;
  let said = settings.values.peek();
  effect(() => {
    const now = settings.values.value;
    if (now.x !== said.x || now.y !== said.y) at.value = [now.x, now.y];
    if (now.epsilon !== said.epsilon) epsilon.value = nearestEpsilon(now.epsilon);
    said = now;
  });
  effect(() => {
    const [x, y] = at.value;
    const chosenEpsilon = EPSILONS[epsilon.value]!;
    clearTimeout(timer);
    timer = window.setTimeout(
      () => settings.change({ x, y, epsilon: chosenEpsilon }),
      ADDRESS_MS,
    );
  });
}
