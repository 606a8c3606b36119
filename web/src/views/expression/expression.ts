/** The view's own expression, of the learner's text and the inputs of the address. */
import { computed } from "@preact/signals";
import { Descent } from "../../graph/descent";
import { createExpression, type Expression } from "../../graph/expression";
import { chosenLibrary } from "../library";
import { followInputs, inputs, spare } from "./inputs";
import { settings } from "./settings";
import { codeNow } from "./text";

let expression: Expression | null = null;

/** The one expression of the view: its result survives a look at another view. */
export function theExpression(): Expression {
  return (expression ??= create());
}

let descent: Descent | null = null;

/** Gradient descent on it. */
export function theDescent(): Descent {
  return (descent ??= new Descent({ expression: theExpression(), rate, move: settings.change }));
}

const rate = computed(() => settings.values.value.rate);

function create(): Expression {
  const made = createExpression({ text: codeNow, inputs, spare, library });
  followInputs(made);
  return made;
}

const library = chosenLibrary(settings);
