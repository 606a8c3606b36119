/** The view's own expression, of the learner's text and the inputs of the address. */
import { computed } from "@preact/signals";
import { createExpression, type Expression } from "../../graph/expression";
import { chosenLibrary } from "../library";
import { settings } from "./settings";
import { codeNow } from "./text";

let expression: Expression | null = null;

/** The one expression of the view: its result survives a look at another view. */
export function theExpression(): Expression {
  return (expression ??= createExpression({ text: codeNow, inputs, library }));
}

const inputs = computed(() => {
  const { x, y, z } = settings.values.value;
  return { x, y, z };
});

const library = chosenLibrary(settings);
