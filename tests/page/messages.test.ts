import { soon } from "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerThrough, askThrough, type Handlers } from "../../web/src/protocol/messages";
import { ProblemError, type PythonProblem } from "../../web/src/protocol/problems";
import type { Shapes } from "../../web/src/protocol/shapes";
import { FakePort } from "./ports";

/** A line of two ends. */
function line(): [page: FakePort, worker: FakePort] {
  const [page, worker] = [new FakePort(), new FakePort()];
  [page.other, worker.other] = [worker, page];
  return [page, worker];
}

function unknown(name: string): never {
  throw new Error(`There is nothing called ${name}.`);
}

const anything = () => true;
/** What is carried is another test's. */
const ANYTHING: Shapes = { isAnswer: anything, isNews: anything, isProblem: anything };

/** A page that asks a worker which has only some of the handlers. */
function connect(handlers: object, otherwise: Parameters<typeof answerThrough>[2] = unknown) {
  const [page, worker] = line();
  answerThrough(worker, handlers as Handlers, otherwise, ANYTHING);
  return { page, worker, ask: askThrough(page, ANYTHING) };
}

test("an answer comes to the call that it is of, whichever is first", async () => {
  const waits: Record<string, number> = { slow: 20, quick: 1 };
  const { ask } = connect({
    "training.source": async () => "not this one",
    "expression.evaluate": async (_: unknown, request: { code: string }) => {
      await soon(waits[request.code]);
      return request.code;
    },
  });
  const request = { inputs: {}, maxNodes: 1 };
  const answers = await Promise.all([
    ask("expression.evaluate", [{ ...request, code: "slow" }]),
    ask("expression.evaluate", [{ ...request, code: "quick" }]),
  ]);
  assert.deepEqual(answers, ["slow", "quick"]);
});

test("arguments arrive as they are, in their order", async () => {
  let seen: unknown[] = [];
  const { ask } = connect({
    "checking.runTests": (_: unknown, ...args: unknown[]) => {
      seen = args;
    },
  });
  await ask("checking.runTests", [{ "a.py": "pass" }, ["-k", "one"]]);
  assert.deepEqual(seen, [{ "a.py": "pass" }, ["-k", "one"]]);
});

test("news come in order, and the worker waits until each has been taken in", async () => {
  const events: string[] = [];
  const { ask } = connect({
    "checking.runTests": async (tell: (news: unknown) => Promise<void>) => {
      for (const count of [1, 2, 3]) {
        events.push(`tells ${count}`);
        await tell({ count });
      }
      events.push("answers");
    },
  });
  await ask("checking.runTests", [{}, []], async (news) => {
    await soon(3);
    events.push(`heard ${(news as { count: number }).count}`);
  });
  assert.deepEqual(events, [
    ...["tells 1", "heard 1", "tells 2", "heard 2", "tells 3", "heard 3", "answers"],
  ]);
});

test("news that are told at once are heard in order, each once", async () => {
  const heard: unknown[] = [];
  let acknowledged = 0;
  const { ask } = connect({
    "checking.runTests": async (tell: (news: unknown) => Promise<void>) => {
      const all = [1, 2, 3].map((count) => tell({ count }));
      for (const one of all) await one.then(() => (acknowledged += 1));
    },
  });
  await ask("checking.runTests", [{}, []], (news) => void heard.push(news));
  assert.deepEqual(heard, [{ count: 1 }, { count: 2 }, { count: 3 }]);
  assert.equal(acknowledged, 3);
});

test("the worker goes on when nobody listens, or the listener fails", async () => {
  const reported: unknown[] = [];
  globalThis.reportError = (error) => void reported.push(error);
  const { ask } = connect({
    "checking.runTests": async (tell: (news: unknown) => Promise<void>) => {
      await tell({ stage: "one" });
      await tell({ stage: "two" });
      return "done";
    },
  });
  assert.equal(await ask("checking.runTests", [{}, []]), "done");
  const failing = () => {
    throw new Error("the page's own fault");
  };
  assert.equal(await ask("checking.runTests", [{}, []], failing), "done");
  assert.equal(reported.length, 2, "it is not kept secret");
});

test("an error has its name and message on the other side", async () => {
  const { ask } = connect({
    "expression.evaluate": () => {
      throw new TypeError("x is no number");
    },
    "training.source": async () => {
      throw "only text";
    },
  });
  const request = { code: "", inputs: {}, maxNodes: 1 };
  await assert.rejects(ask("expression.evaluate", [request]), { name: "TypeError", message: "x is no number" });
  await assert.rejects(ask("training.source", []), { message: "only text" });
});

test("a problem of the learner's library is told apart from an error, and comes whole", async () => {
  const problem = { kind: "NameError", message: "no x", file: "minitorch/scalar.py", line: 3 };
  const whole = { ...problem, task: null, hint: null, traceback: "" };
  const { ask } = connect({
    "training.source": () => {
      throw new ProblemError(whole);
    },
  });
  await assert.rejects(ask("training.source", []), (error) => {
    assert.ok(error instanceof ProblemError);
    assert.deepEqual(error.problem, whole);
    return true;
  });
});

test("a call without a handler of its own is passed on, and may be one that nobody knows", async () => {
  const passedOn: unknown[] = [];
  const { ask } = connect({ "training.source": () => "text" }, (name, args) => {
    passedOn.push([name, args]);
    if (name === "training.pause") unknown(name);
    return "otherwise";
  });
  const request = { code: "x", inputs: {}, maxNodes: 1 };
  assert.equal(await ask("expression.evaluate", [request]), "otherwise");
  await assert.rejects(ask("training.pause", []), { message: /nothing called training.pause/ });
  assert.equal(await ask("toString" as "training.source", []), "otherwise");
  assert.equal(await ask("training.source", []), "text");
  assert.deepEqual(passedOn.slice(0, 2), [
    ["expression.evaluate", [request]],
    ["training.pause", []],
  ]);
});

test("messages that belong to no call are left alone", async () => {
  const page = new FakePort();
  const ask = askThrough(page, ANYTHING);
  const answer = ask("training.source", []);
  const [{ call }] = page.sent as [{ call: number }];
  for (const odd of [null, undefined, 7, "text", [], {}, { call: "1" }, { call: call + 1 }]) {
    page.hear(odd);
  }
  page.hear({ call: call + 1, answer: "of nobody" });
  page.hear({ call: { valueOf: () => call }, answer: "forged" });
  page.hear({ call, answer: "the answer" });
  assert.equal(await answer, "the answer");
});

test("a call is answered once: what comes after is left alone", async () => {
  const page = new FakePort();
  const heard: unknown[] = [];
  const answer = askThrough(page, ANYTHING)("checking.runTests", [{}, []], (news) => void heard.push(news));
  const [{ call }] = page.sent as [{ call: number }];
  page.hear({ call, answer: "first" });
  page.hear({ call, answer: "second" });
  page.hear({ call, error: { name: "Error", message: "late" } });
  page.hear({ call, told: "late" });
  assert.equal(await answer, "first");
  await soon();
  assert.deepEqual(heard, []);
});

test("an error that is none is an error all the same", async () => {
  for (const odd of [null, 5, {}, { name: {}, message: [] }]) {
    const page = new FakePort();
    const answer = askThrough(page, ANYTHING)("training.source", []);
    const [{ call }] = page.sent as [{ call: number }];
    page.hear({ call, error: odd });
    await assert.rejects(answer, Error);
  }
});

test("what the learner's code does to the worker's postMessage comes too late", async () => {
  const { ask, worker } = connect({ "training.source": () => "text" });
  worker.postMessage = () => assert.fail("its own");
  assert.equal(await ask("training.source", []), "text");
});

test("a message that was heard twice lets nobody through who was not heard", async () => {
  const worker = new FakePort();
  let told = 0;
  answerThrough(worker, {
    "checking.runTests": async (tell: (news: unknown) => Promise<void>) => {
      await tell("one");
      told += 1;
      await tell("two");
      told += 1;
    },
  } as unknown as Handlers, unknown, ANYTHING);
  worker.hear({ call: 1, name: "checking.runTests", args: [{}, []] });
  await soon();
  assert.equal(told, 0);
  worker.hear({ heard: 2 });
  await soon();
  assert.equal(told, 0);
  worker.hear({ heard: 1 });
  await soon();
  assert.equal(told, 1);
});

test("a call without a handler is passed on with its name, and a name is no handler by chance", async () => {
  const [page, worker] = line();
  const own = { "training.source": () => "its own" };
  answerThrough(worker, own, (name, args) => [name, args], ANYTHING);
  const ask = askThrough(page, ANYTHING) as unknown as (name: string, args: unknown[]) => Promise<unknown>;
  assert.equal(await ask("training.source", []), "its own");
  for (const name of ["training.open", "toString", "constructor", "__proto__"]) {
    assert.deepEqual(await ask(name, [1, "two"]), [name, [1, "two"]]);
  }
});

test("a problem comes over whole", async () => {
  const problem: PythonProblem = {
    ...{ kind: "SyntaxError", message: "invalid syntax", file: "minitorch/scalar.py", line: 7 },
    ...{ task: null, hint: null, traceback: "" },
  };
  const { ask } = connect({
    "training.open": () => {
      throw new ProblemError(problem);
    },
  });
  await assert.rejects(ask("training.open", [] as never), (error: unknown) => {
    assert.ok(error instanceof ProblemError);
    assert.deepEqual(error.problem, problem);
    return true;
  });
});
