/** The panel "What ran": the engine that was used, and what it has made of the model. */
import { computed } from "@preact/signals";
import type { WhatRan } from "../../protocol/training";
import { count, duration, memory } from "../../format";
import { Term } from "../../ui/term";
import { CompareButton, Comparison } from "./comparison";
import { Program } from "./program";
import { drawn, phase, ran } from "./run";
import { words } from "./words";

/** Only while it rests: nothing here changes from frame to frame. */
const speed = computed(() => (phase.value === "running" ? null : drawn.value.speed));

export function WhatRanPanel() {
  const known = ran.value;
  return (
    <section class="card ran" aria-labelledby="ran-title">
      <div class="card-head">
        <h2 id="ran-title">What ran</h2>
        <Term describedBy="ran-title">{words.ran}</Term>
        <CompareButton />
      </div>
      <dl class="facts">
        {facts(known).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Comparison />
      <Program ran={known} />
    </section>
  );
}

const NONE = "–";

function facts(known: WhatRan | null): [string, string][] {
  const say = (value: number | null | undefined, write: (value: number) => string) =>
    value === null || value === undefined ? NONE : write(value);
  const rounded = (value: number) => count(Number(value.toPrecision(3)));
  return [
    ["Engine", engineOf(known)],
    ["Epochs a second", say(speed.value, rounded)],
    ["Operations", say(known?.recorded, count)],
    ["After lowering", say(known?.lowered, count)],
    ["With derivatives", say(known?.operations, count)],
    ["Calls of kernels", say(known?.kernels, count)],
    ["Compiled in", say(known?.seconds, duration)],
    ["Memory", say(known?.memory, memory)],
  ];
}

function engineOf(known: WhatRan | null): string {
  if (!known) return NONE;
  return known.engine === "eager" ? "Scalar by Scalar" : (known.runner ?? "Compiled");
}
