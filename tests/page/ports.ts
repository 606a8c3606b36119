/** What messages travel through between a page and its worker, with the worker's end in hand. */

import type { PythonProblem } from "../../web/src/protocol/problems";
import type { StartOptions } from "../../web/src/protocol/starting";

/** One end of a line on which only plain data travels. */
export class FakePort {
  other: FakePort | null = null;
  readonly sent: unknown[] = [];
  private readonly listeners: ((event: MessageEvent) => void)[] = [];

  addEventListener(_: "message", listener: (event: MessageEvent) => void): void {
    this.listeners.push(listener);
  }
  postMessage(message: unknown): void {
    this.sent.push(message);
    const data: unknown = structuredClone(message);
    queueMicrotask(() => this.other?.hear(data));
  }
  /** As if the other end had sent it. */
  hear(data: unknown): void {
    for (const listener of this.listeners) listener(new MessageEvent("message", { data }));
  }
}

interface Asked {
  call: number;
  name: string;
  args: unknown[];
}

const INFO = { python: "3.14", library: { name: "Reference", version: "1.0" } };

const RESULT = {
  ...{ library: INFO.library, problem: null, output: "", value: null as number | null },
  ...{ nodeCount: 0, graph: null, derivatives: [] as object[], names: [] as string[], remark: null },
};
const REPORT = {
  ...{ library: INFO.library, status: 0, stopped: false, passed: 0, failed: 0, skipped: 0 },
  ...{ seconds: 0, failures: [], output: "" },
};

/** What only has to be told from others, as the answer that a call has: by a value or an output. */
function dressed(name: string, answer: unknown): unknown {
  if (typeof answer === "object" && answer !== null) return answer;
  const output = typeof answer === "string" ? answer : "";
  if (name === "checking.runTests") return { ...REPORT, output };
  if (name !== "expression.evaluate") return answer;
  return { ...RESULT, output, value: typeof answer === "number" ? answer : null };
}

/** What tells an answer that `dressed` has made from others. */
export function bare({ value = null, output }: { value?: number | null; output: string }): unknown {
  return value ?? output;
}

/** A worker whose Python is the test. */
export class FakeWorker extends EventTarget {
  /** All that the page has started, the oldest first. */
  static readonly all: FakeWorker[] = [];
  static get last(): FakeWorker {
    return FakeWorker.all.at(-1)!;
  }

  /** The calls of the page that have no answer yet, "start" among them. */
  readonly asked: Asked[] = [];
  /** What it was told at its start. */
  options!: StartOptions;
  isTerminated = false;
  /** Whether it says nothing of itself any more. */
  isSilent = false;

  constructor(readonly address: string) {
    super();
    FakeWorker.all.push(this);
  }
  postMessage(message: Asked | { heard: number }): void {
    if (!("name" in message)) return;
    // Programs leave nothing behind here, and whoever is alive says so.
    const prompt: Record<string, unknown> = { "programs.leftovers": [], beat: null, complete: null };
    if (message.name in prompt && !this.isSilent) {
      return queueMicrotask(() => this.say({ call: message.call, answer: prompt[message.name] }));
    }
    this.asked.push(message);
    if (message.name === "start") this.options = message.args[0] as StartOptions;
  }
  terminate(): void {
    this.isTerminated = true;
  }

  tell(name: string, told: unknown): void {
    this.say({ call: this.find(name).call, told });
  }
  answer(name: string, answer: unknown = null): void {
    this.end(name, { answer: dressed(name, answer) });
  }
  /** The learner's library fails. */
  refuse(name: string, problem: PythonProblem): void {
    this.end(name, { problem });
  }
  fail(name: string, error: { name: string; message: string }): void {
    this.end(name, { error });
  }
  /** Python is there. */
  start(parts: unknown = "parts"): void {
    this.tell("start", { stage: "Starting Python", loaded: 500 });
    this.answer("start", { info: INFO, parts });
  }
  /** It ends by itself, as for want of memory. */
  die(message = "out of memory"): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }

  private find(name: string): Asked {
    const found = this.asked.find((one) => one.name === name);
    if (!found) throw new Error(`Nobody has asked for ${name}.`);
    return found;
  }
  end(name: string, message: object): void {
    const { call } = this.find(name);
    this.asked.splice(this.asked.findIndex((one) => one.call === call), 1);
    this.say({ call, ...message });
  }
  private say(data: object): void {
    if (!this.isTerminated) this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

Object.defineProperty(globalThis, "Worker", { value: FakeWorker });
