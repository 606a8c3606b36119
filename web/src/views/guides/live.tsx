/** The kinds of live parts that a guide may have, each made of the settings in its text. */
import type { VNode } from "preact";
import { Curve, type Side } from "../../plot/curve";
import { ErrorCurve } from "../../plot/error";
import { Surface } from "../../plot/surface";
import { CodePart } from "./code";
import { EnginesPart } from "./engines";
import { ExpressionPart } from "./expression";
import { MistakesPart } from "./mistakes";
import { PathsPart } from "./paths";
import { RunPart } from "./run";
import { PLAIN } from "../../training/saved";

/** As the build reads them: texts and numbers. */
export type Options = Readonly<Record<string, unknown>>;

type Kind = (options: Options) => VNode;

const KINDS: Readonly<Record<string, Kind>> = {
  curve: (options) => (
    <Curve
      {...named(options)}
      f={String(options["f"])}
      from={Number(options["from"])}
      to={Number(options["to"])}
      at={Number(options["at"])}
      tangent={shows(options, "tangent")}
      derivative={shows(options, "derivative")}
      secant={shows(options, "secant") ? ((options["side"] ?? "both") as Side) : null}
      epsilon={Number(options["epsilon"] ?? 1)}
      step={String(options["step"] ?? "ε")}
    />
  ),
  error: (options) => (
    <ErrorCurve
      {...named(options)}
      f={String(options["f"])}
      at={Number(options["at"])}
      epsilon={Number(options["epsilon"])}
    />
  ),
  surface: (options) => (
    <Surface
      {...named(options)}
      f={String(options["f"])}
      from={Number(options["from"])}
      to={Number(options["to"])}
      at={list(options, "at").map(Number) as [number, number]}
    />
  ),
  code: (options) => (
    <CodePart {...typed(options)} code={String(options["code"])} output={String(options["output"])} />
  ),
  expression: (options) => (
    <ExpressionPart
      {...typed(options)}
      code={String(options["code"]).trim()}
      inputs={inputsOf(options)}
      shows={new Set(list(options, "show"))}
    />
  ),
  mistakes: (options) => <MistakesPart {...named(options)} />,
  paths: (options) => <PathsPart {...named(options)} at={Number(options["at"])} />,
  run: (options) => (
    <RunPart
      {...named(options)}
      settings={{
        dataset: String(options["dataset"]),
        points: 50,
        hidden: Number(options["hidden"]),
        rate: Number(options["rate"]),
        epochs: Number(options["epochs"]),
        seed: Number(options["seed"]),
        engine: "compiled",
        ...PLAIN,
      }}
    />
  ),
  engines: (options) => (
    <EnginesPart
      {...named(options)}
      hidden={Number(options["hidden"])}
      points={Number(options["points"])}
    />
  ),
};

/** The kinds, for the test that every guide uses no others. */
export const kinds: readonly string[] = Object.keys(KINDS);

export function livePart(kind: string, options: Options): VNode {
  const make = KINDS[kind];
  if (!make) throw new Error(`There is no live part of the kind “${kind}”.`);
  return make(options);
}

const named = (options: Options) => ({ name: String(options["name"]) });

/** Of a part that is typed into: its name is its own within its guide. */
const typed = (options: Options) => ({
  ...named(options),
  keptAs: `${String(options["guide"])}.${String(options["name"])}`,
});

function list(options: Options, key: string): string[] {
  const found = options[key];
  return typeof found === "string" ? found.split(",").map((word) => word.trim()) : [];
}

const shows = (options: Options, what: string) => list(options, "show").includes(what);

function inputsOf(options: Options): Record<string, number> {
  const given = ["x", "y", "z"].filter((name) => name in options);
  return Object.fromEntries(given.map((name) => [name, Number(options[name])]));
}
