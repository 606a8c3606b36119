/** What can be set in the Train view. */
import { createSettings } from "../../address/settings";
import { choice, hiding, integer } from "../../address/table";
import { libraryChoice } from "../librarychoice";
import type { Engine } from "../../protocol/training";
import type { Drawing } from "../../training/pace";

const DATASETS = {
  Simple: "one straight cut",
  Diag: "a slanted cut",
  Split: "two stripes, one gap",
  Xor: "opposite corners",
  Circle: "inside and outside",
  Spiral: "two arms, entwined",
};

const table = {
  dataset: choice<string>("Dataset", Object.keys(DATASETS), { initial: "Simple", hints: DATASETS }),
  points: integer("Points", { min: 1, max: 1000, initial: 50 }),
  hidden: integer("Hidden size", { min: 1, max: 100, initial: 10 }),
  rate: choice("Learning rate", [0.01, 0.03, 0.1, 0.3, 0.5, 1, 3], {
    initial: 0.5,
    hints: "size of each step",
  }),
  epochs: integer("Epochs", { min: 1, max: 10_000, initial: 500 }),
  seed: integer("Seed", { min: 0, max: 2 ** 31, initial: 0 }),
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
