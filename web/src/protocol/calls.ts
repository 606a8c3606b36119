/**
 * What the page may ask of its worker: for each call the arguments, what is told meanwhile, and
 * the answer. All of it is plain data, and nothing else; `messages.ts` carries it.
 *
 * A subject lists its calls in a file of its own, and they go by its name: `training.open`. What
 * the worker answers comes from the subject's part of the bridge (`web/bridge`), whose functions
 * give the same shapes as dictionaries and lists.
 */
import type { CheckingCalls } from "./checking";
import type { ExpressionCalls } from "./expression";
import type { FunctionsCalls } from "./functions";
import type { RunningCalls } from "./running";
import type { ProgramsCalls } from "./programs";
import type { StartingCalls } from "./starting";
import type { TrainingCalls } from "./training";

type Of<Subject extends string, Its> = {
  [Name in keyof Its & string as `${Subject}.${Name}`]: Its[Name];
};

export type Calls = StartingCalls &
  Of<"programs", ProgramsCalls> &
  Of<"training", TrainingCalls> &
  Of<"expression", ExpressionCalls> &
  Of<"functions", FunctionsCalls> &
  Of<"checking", CheckingCalls> &
  Of<"running", RunningCalls>;

export type CallName = keyof Calls;
export type Args<K extends CallName> = Calls[K]["args"];
export type Told<K extends CallName> = Calls[K]["told"];
export type Answer<K extends CallName> = Calls[K]["answer"];
