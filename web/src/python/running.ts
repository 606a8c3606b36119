/** Runs a program for what it prints. */
import type { RunResult } from "../protocol/running";
import { call, renewPrograms } from "./client";

/** Runs it from the first line to the last; aborting the signal stops it. */
export async function runProgram(code: string, signal?: AbortSignal): Promise<RunResult> {
  const result = await call("running.run", [code], { what: "your code", signal });
  // A WebAssembly memory never shrinks: the next program gets a Python with a small one.
  if (result.problem?.kind === "MemoryError") renewPrograms();
  return result;
}
