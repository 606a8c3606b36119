/** What can be set in the Train view. */
import { createSettings } from "../../address/settings";
import { choice, hiding, integer, text, type Setting } from "../../address/table";
import { libraryChoice } from "../librarychoice";
import type { Engine, Points, TrainSettings } from "../../protocol/training";
import { MAX_OWN, NO_POINTS, decodePoints } from "../../training/owntext";
import type { Drawing } from "../../training/pace";

const DATASETS = {
  Simple: "one straight cut",
  Diag: "a slanted cut",
  Split: "two stripes, one gap",
  Xor: "opposite corners",
  Circle: "inside and outside",
  Spiral: "two arms, entwined",
  Own: "points of your own",
};
const OWN = "Own";

/** Not to be read in every address. */
function rarely<S extends Setting<number>>(setting: S): S {
  return { ...setting, isRare: true };
}

const table = {
  dataset: choice<string>("Dataset", Object.keys(DATASETS), {
    initial: "Simple",
    names: { Own: "Your own points" },
    hints: DATASETS,
  }),
  points: integer("Points", { min: 1, max: 1000, initial: 50 }),
  noise: rarely(integer("Noise", { min: 0, max: 50, initial: 0 })),
  heldOut: rarely(integer("Held-out", { min: 0, max: 50, initial: 0 })),
  own: text("Points of your own", {
    initial: "",
    maxLength: 7 * MAX_OWN,
    own: "what you have drawn",
  }),
  hidden: integer("Hidden size", { min: 1, max: 200, initial: 10 }),
  rate: choice<number>("Learning rate", [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 1, 3, 5], {
    initial: 0.5,
    hints: "size of each step",
  }),
  epochs: integer("Epochs", { min: 1, max: 10_000, initial: 500 }),
  seed: integer("Seed", { min: 0, max: 2 ** 31, initial: 0 }),
  model: choice<"network" | "code">("Model", ["network", "code"], {
    initial: "network",
    isRare: true,
    names: { network: "Network", code: "Your own code" },
  }),
  code: text("Model code", { initial: "", maxLength: 20_000, own: "your own code" }),
  library: libraryChoice,
  engine: choice<Engine>("Engine", ["compiled", "eager"], {
    initial: "compiled",
    names: { compiled: "Compiled", eager: "Scalar by Scalar" },
    hints: { compiled: "as one program", eager: "object by object" },
    formerly: { scalar: "eager" },
  }),
  drawing: choice<Drawing>("Drawing", ["animated", "end"], {
    initial: "animated",
    names: { animated: "Animated", end: "At the end" },
    hints: { animated: "to be watched", end: "as fast as it goes" },
  }),
  hide: hiding([
    ...["dataset", "points", "hidden", "rate", "epochs", "seed", "library", "engine", "drawing"],
  ]),
};

export const settings = createSettings("train", table);

/** The learner's own points, whether they are trained on or not. */
export function ownPoints(): Points {
  return decodePoints(settings.values.value.own) ?? NO_POINTS;
}

/** The settings that Python needs: the drawing is the page's, and the library is Python's own. */
export function trainSettings(): TrainSettings {
  const { dataset, points, hidden, rate, epochs, seed, engine, noise, heldOut, model, code } =
    settings.values.value;
  return {
    ...{ dataset, points, hidden, rate, epochs, seed, engine, noise, heldOut },
    own: dataset === OWN ? ownPoints() : null,
    code: model === "code" && code !== "" ? code : null,
  };
}
