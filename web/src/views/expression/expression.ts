/** The view's own expression, of the learner's text and the inputs of the address. */
import { computed } from "@preact/signals";
import { change, values } from "../../address/address";
import { createExpression, type Expression } from "../../graph/expression";
import { codeNow } from "./text";

let expression: Expression | null = null;

/** The one expression of the view: its result survives a look at another view. */
export function theExpression(): Expression {
  return (expression ??= createExpression({ text: codeNow, inputs }));
}

const inputs = computed(() => {
  const { x, y, z } = values.expression.value;
  return { x, y, z };
});

export function setInput(name: "x" | "y" | "z", value: number): void {
  change("expression", { [name]: value });
}
