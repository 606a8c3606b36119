/** The decision boundary of the view: points are looked at, or put, by a press on it. */
import { useState } from "preact/hooks";
import { BoundaryFigure } from "../../training/boundary";
import type { Inspection } from "../../training/inspection";
import { PlaneOverlay, type Place } from "../../training/plane";
import type { Run } from "../../training/run";
import { SectionFigure } from "../../training/section";
import { press, tool } from "./own";
import { settings } from "./settings";
import { words } from "./words";

export function Plane({ run, inspection }: { run: Run; inspection: Inspection }) {
  const [isAlong, setAlong] = useState(false);
  const { dataset } = settings.values.value;
  const isOwn = dataset === "Own" && tool.value !== "look";
  const onPress = (at: Place) => (isOwn ? press(at) : inspection.pickAt(at.x1, at.x2));
  const hasAlong = dataset === "Simple";
  const choice = hasAlong && (
    <label class="boundary-along">
      <input
        type="checkbox"
        checked={isAlong}
        onChange={(event) => setAlong(event.currentTarget.checked)}
      />
      x₁ only
    </label>
  );
  if (hasAlong && isAlong) return <SectionFigure run={run} head={choice} />;
  const label = isOwn ? "Press to put a point, drag one to move it" : "Press a point to look at it";
  return (
    <BoundaryFigure run={run} about={words.boundary} chosen={inspection.point} head={choice}>
      <PlaneOverlay label={label} onPress={onPress} />
      {run.isEmpty.value && <p class="placeholder plane-empty">{invitation()}</p>}
    </BoundaryFigure>
  );
}

/** What to do where there is no point yet, with the tool that is chosen. */
function invitation(): string {
  const isToAdd = tool.value === "0" || tool.value === "1";
  return isToAdd
    ? `Press here to put a point with label ${tool.value}, and another. The other label is under ` +
        "“Your points”, where a CSV can be pasted too."
    : "There are no points yet. Choose “Add label 0” or “Add label 1” under “Your points”.";
}
