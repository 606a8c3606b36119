/** What any page can ask of an expression. */
import { call, renew } from "../python/client";
import type { ExpressionRequest, ExpressionResult } from "../protocol/expression";

/** Evaluates; aborting the signal stops it. */
export async function evaluate(
  request: ExpressionRequest,
  signal?: AbortSignal,
): Promise<ExpressionResult> {
  const options = { what: "your expression", ...(signal && { signal }) };
  const result = await call("expression.evaluate", [request], options);
  // A WebAssembly memory never shrinks: the next program gets a Python with a small one.
  if (result.problem?.kind === "MemoryError") renew();
  return result;
}
