/** What any page can ask of an expression. */
import { call, renewPrograms } from "../python/client";
import type { ExpressionRequest, ExpressionResult } from "../protocol/expression";
import type { Files } from "../protocol/starting";

/** Evaluates; aborting the signal stops it. `library`: on the learner's files. */
export async function evaluate(
  request: ExpressionRequest,
  signal?: AbortSignal,
  library: Files | null = null,
): Promise<ExpressionResult> {
  const options = { what: "your expression", signal, library };
  const result = await call("expression.evaluate", [request], options);
  // It would be laid out for minutes.
  if (result.graph && result.graph.nodes.length > request.maxNodes) result.graph = null;
  // A WebAssembly memory never shrinks: the next program gets a Python with a small one.
  if (result.problem?.kind === "MemoryError") renewPrograms(library);
  return result;
}
