/** The panel "What ran": the engine that was used, and what it has made of the model. */
import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
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
      <p class="ran-engine">{sentenceOn(known)}</p>
      <dl class="facts">
        {facts(known, speed.value).map(({ name, value, note }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
            <dd class="small">{note}</dd>
          </div>
        ))}
      </dl>
      <Comparison />
      <Program ran={known} />
    </section>
  );
}

/** What the engine does, in a sentence, and where to read more. */
function sentenceOn(known: WhatRan | null): ComponentChildren {
  if (!known) return "Train a little, and this says what has computed it.";
  if (known.engine === "eager") {
    return (
      <>
        <b>Scalar by Scalar</b>: each addition and multiplication makes{" "}
        <a href="#/guides/scalar?part=remember">a number that remembers</a> what it was made from,
        and all of them are gone through backwards, for each point and epoch.
      </>
    );
  }
  return (
    <>
      <b>Compiled</b>: the Scalars have worked once, and what they did has become{" "}
      <a href="#/guides/backpropagation?part=framework">a program that only computes</a>, which runs
      as {known.runner ?? "a program"}.
    </>
  );
}

interface Fact {
  name: string;
  value: string;
  /** What it counts. */
  note: string;
}

const NONE = "–";

function facts(known: WhatRan | null, speed: number | null): Fact[] {
  const say = (value: number | null | undefined, write: (value: number) => string) =>
    value === null || value === undefined ? NONE : write(value);
  const rounded = (value: number) => count(Number(value.toPrecision(3)));
  const pace = { name: "Epochs a second", value: say(speed, rounded), note: "computed, not drawn" };
  if (known?.engine === "eager") return [pace];
  return [
    pace,
    {
      name: "Operations",
      value: say(known?.recorded, count),
      note: "for one point of each label, as the Scalars did them",
    },
    {
      name: "After lowering",
      value: say(known?.lowered, count),
      note: "left of them, without what nothing needs, and each sum of products as one",
    },
    {
      name: "With derivatives",
      value: say(known?.operations, count),
      note: "those, and the way back through them",
    },
    {
      name: "Calls of kernels",
      value: say(known?.kernels, count),
      note: "to do them all, for about 50 points at once",
    },
    {
      name: "Compiled in",
      value: say(known?.seconds, duration),
      note: "once, before the first epoch",
    },
    {
      name: "Memory",
      value: say(known?.memory, memory),
      note: "the program, with its points and all numbers in between",
    },
  ];
}
