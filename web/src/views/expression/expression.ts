/** The view's own expression, of the learner's text and the inputs of the address. */
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

function create(): Expression {
  const made = createExpression({ text: codeNow, inputs, spare, library });
  followInputs(made);
  return made;
}

const library = chosenLibrary(settings);
