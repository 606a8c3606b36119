/** The panel "What ran": the engine that was used, and what it has made of the model. */
import { useComputed } from "@preact/signals";
import type { WhatRan } from "../../protocol/training";
import { count, duration, memory } from "../../format";
import type { Run } from "../../training/run";
import { Term } from "../../ui/term";
import { CompareButton, Comparison } from "./comparison";
import { Program } from "./program";
import { words } from "./words";

export function WhatRanPanel({ run }: { run: Run }) {
  const known = run.ran.value;
  // Only while it rests: nothing here changes from frame to frame.
  const speed = useComputed(() => (run.phase.value === "running" ? null : run.drawn.value.speed));
  return (
    <section class="card ran" aria-labelledby="ran-title">
      <div class="card-head">
        <h2 id="ran-title">What ran</h2>
        <Term describedBy="ran-title">{words.ran}</Term>
        <CompareButton run={run} />
      </div>
      <dl class="facts">
        {facts(known, speed.value).map(([name, value]) => (
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

function facts(known: WhatRan | null, speed: number | null): [string, string][] {
  const say = (value: number | null | undefined, write: (value: number) => string) =>
    value === null || value === undefined ? NONE : write(value);
  const rounded = (value: number) => count(Number(value.toPrecision(3)));
  return [
    ["Engine", engineOf(known)],
    ["Epochs a second, undrawn", say(speed, rounded)],
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
