/** What each operation does with a derivative, in a sentence; f is the result, x its input. */

const RULES: Record<string, string> = {
  Add: "A sum grows as fast as each of its terms: the slope is 1.0 for both.",
  Mul: "In a product, the slope for one factor is the other factor.",
  Neg: "A minus sign turns the slope around: −1.0.",
  Inv: "The slope of 1/x is −1/x².",
  Log: "The slope of log x is 1/x.",
  Exp: "The slope of exp x is exp x itself.",
  Sigmoid: "The slope of the sigmoid s is s × (1 − s).",
  ReLU: "The slope of ReLU is 1.0 where its input is above 0, and 0.0 elsewhere.",
  LT: "A comparison is a step: flat on both sides, so its slope is 0.0.",
  EQ: "A comparison is flat nearly everywhere, so its slope is 0.0.",
};

/** Null for an operation the learner wrote. */
export function ruleOf(operation: string): string | null {
  return RULES[operation] ?? null;
}
