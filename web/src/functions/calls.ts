/** What any page can ask about a function. */
import { call, type CallOptions } from "../python/client";
import type {
  FunctionLook,
  FunctionRange,
  LookRequest,
  RangeRequest,
} from "../protocol/functions";
import type { Files } from "../protocol/starting";

type Options = Pick<CallOptions<"functions.look">, "signal"> & { library: Files | null };

export function sample(request: RangeRequest, options: Options): Promise<FunctionRange> {
  return call("functions.sample", [request], { what: "your function", ...options });
}

export function look(request: LookRequest, options: Options): Promise<FunctionLook> {
  return call("functions.look", [request], { what: "your function", ...options });
}
