/** The Train view: a small network learns to tell two kinds of points apart. */
import { BoundaryFigure } from "../../training/boundary";
import { LossFigure } from "../../training/loss";
import { Progress } from "../../training/progress";
import { findChosen, makerOf } from "../library";
import { Controls } from "./controls";
import { LogTable } from "./logtable";
import { NetworkDrawing } from "./network";
import { theRun } from "./run";
import { settings } from "./settings";
import { WhatRanPanel } from "./whatran";
import { words } from "./words";

/** Resolves when it is known which library it is to run on. */
export const isReady = findChosen(settings);

export function TrainView() {
  const run = theRun();
  return (
    <div class="train">
      <header class="view-head">
        <h1 tabIndex={-1}>Train a network</h1>
        <p class="lede">
          A few points, each with one of two labels. The network starts with random numbers and
          changes them a little each epoch, following the derivatives of its mistakes, until the
          plane is split the right way.
        </p>
      </header>
      <Controls run={run} />
      <Progress run={run} library={makerOf(run.madeBy.value)} />
      <BoundaryFigure run={run} about={words.boundary} />
      <LossFigure run={run} about={words.loss} />
      <NetworkDrawing run={run} />
      <LogTable run={run} />
      <WhatRanPanel run={run} />
    </div>
  );
}
