/** The Train view: a small network learns to tell two kinds of points apart. */
import { useEffect } from "preact/hooks";
import { begin } from "./begin";
import { BoundaryFigure } from "./boundary";
import { Controls } from "./controls";
import { LogTable } from "./logtable";
import { LossFigure } from "./loss";
import { NetworkDrawing } from "./network";
import { Progress } from "./progress";
import { WhatRanPanel } from "./whatran";

export function TrainView() {
  useEffect(begin, []);
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
      <Controls />
      <Progress />
      <BoundaryFigure />
      <LossFigure />
      <NetworkDrawing />
      <LogTable />
      <WhatRanPanel />
    </div>
  );
}
