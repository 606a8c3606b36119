/** The Train view: a small network learns to tell two kinds of points apart. */
import { LossFigure } from "../../training/loss";
import { Progress } from "../../training/progress";
import { findChosen, makerOf } from "../library";
import { Controls } from "./controls";
import { LogTable } from "./logtable";
import { AdviceNote } from "./advice";
import { ModelCode } from "./modelcode";
import { NetworkDiagram } from "./network";
import { OwnTools } from "./owntools";
import { Plane } from "./plane";
import { PointPanel } from "./pointpanel";
import { Replay } from "./replay";
import { theInspection, theRun } from "./run";
import { settings } from "./settings";
import { TakeAway } from "./takeaway";
import { WhatRanPanel } from "./whatran";
import { words } from "./words";

/** Resolves when it is known which library it is to run on. */
export const isReady = findChosen(settings);

export function TrainView() {
  const run = theRun();
  const inspection = theInspection();
  return (
    <div class="train">
      <header class="view-head">
        <h1 tabIndex={-1}>Train a network</h1>
        <p class="lede">
          A few points, each with one of two labels. The network starts with random numbers and
          changes them a little each epoch, against the derivatives of its mistakes, until the plane
          is split the right way. Those derivatives come from automatic differentiation: every
          operation is written down, and then gone through backwards.
        </p>
      </header>
      <Controls run={run} />
      <div class="progress-part">
        <Progress run={run} library={makerOf(run.madeBy.value)} />
        <Replay run={run} />
      </div>
      <AdviceNote run={run} />
      <Plane run={run} inspection={inspection} />
      <LossFigure run={run} about={words.loss} />
      <NetworkDiagram run={run} />
      <LogTable run={run} />
      <OwnTools />
      <PointPanel run={run} inspection={inspection} />
      <ModelCode run={run} />
      <TakeAway run={run} />
      <WhatRanPanel run={run} />
    </div>
  );
}
