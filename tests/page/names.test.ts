import "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { pythonLanguage } from "@codemirror/lang-python";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { namesAt, wordAt } from "../../web/src/editor/names";
import { find, type AllWords, type Given, type Word, type Words } from "../../web/src/editor/words";

function words(...names: string[]): Words {
  const all = names.map((name): [string, Word] => [
    name,
    { kind: "function", signature: `${name}()`, about: `What ${name} does.` },
  ]);
  return Object.fromEntries(all);
}

const ALL: AllWords = {
  keywords: ["for", "return"],
  builtins: words("sorted", "print", "log10"),
  modules: {
    minitorch: words("Scalar", "Network", "split", "operators"),
    operators: words("mul", "log"),
    math: words("sqrt", "sin"),
  },
  classes: { Scalar: words("backward", "sigmoid"), Network: words("parameters") },
  given: { expression: words("log", "Log", "sigmoid", "Scalar"), function: words("sin") },
};
const EXPRESSION: Given = { of: "expression", inputs: ["x", "y"] };

function stateOf(text: string): EditorState {
  const state = EditorState.create({ doc: text, extensions: pythonLanguage });
  // Parsed to the end, however slow the machine is; the next state has that.
  ensureSyntaxTree(state, text.length, 5000);
  return state.update({}).state;
}

/** The names at the end of a text, or at the mark in it. */
function names(text: string, given: Given | null = EXPRESSION): string[] | null {
  const at = text.includes("¦") ? text.indexOf("¦") : text.length;
  const found = namesAt(stateOf(text.replace("¦", "")), at, ALL, given ?? undefined);
  return found && found.names.map(({ name }) => name);
}

function explained(text: string, given: Given | null = EXPRESSION): string | undefined {
  const at = text.indexOf("¦");
  return wordAt(stateOf(text.replace("¦", "")), at, 1, ALL, given ?? undefined)?.word.signature;
}

test("what a view gives comes before Python's own, and that before its keywords", () => {
  assert.deepEqual(names("lo"), ["log", "Log", "log10"]);
  assert.deepEqual(names("s"), ["Scalar", "sigmoid", "sorted"]);
  assert.deepEqual(names("x"), ["x"]);
  assert.deepEqual(names("re"), ["return"]);
});

test("what a view does not give is not offered in another", () => {
  assert.deepEqual(names("lo", null), ["log10"]);
  assert.deepEqual(names("si", { of: "function", inputs: [] }), ["sin"]);
});

test("names of the text come first, where they hold", () => {
  assert.deepEqual(names("logits = 1\nlo"), ["logits", "log", "Log", "log10"]);
  assert.deepEqual(names("def f(inner):\n    in¦\n"), ["inner"]);
  assert.deepEqual(names("def f(inner):\n    pass\nin¦\n"), []);
});

test("after a dot there is only what may follow it", () => {
  assert.deepEqual(names("x."), ["backward", "sigmoid"]);
  assert.deepEqual(names("(x * y).s"), ["sigmoid"]);
  assert.deepEqual(names("math.s"), ["sin", "sqrt"]);
  assert.deepEqual(names("minitorch.operators.m"), ["mul"]);
  assert.deepEqual(names("import math as m\nm.sq"), ["sqrt"]);
  assert.deepEqual(names("net = minitorch.Network(3)\nnet."), ["parameters"]);
  assert.deepEqual(names("def f(net: Network):\n    net."), ["parameters"]);
  assert.deepEqual(names("Network(3)."), ["parameters"]);
  const own = "class A:\n    def go(self, n):\n        self.n = n\n\n    def b(self):\n        self.";
  assert.deepEqual(names(own), ["b", "go", "n"]);
  assert.deepEqual(names("items = []\nitems.", null), []);
});

test("an import offers modules, and what can be imported from them", () => {
  assert.deepEqual(names("from mi"), ["minitorch"]);
  assert.deepEqual(names("from minitorch import Scalar, Ne"), ["Network"]);
  assert.deepEqual(names("from .operators import "), ["log", "mul"]);
});

test("numbers, strings and comments offer nothing", () => {
  for (const text of ["2e", "2.", "x + 10.", "'lo", "# lo", '"""\nlo']) {
    assert.equal(names(text), null, text);
  }
  assert.deepEqual(names("f'{lo"), ["log", "Log", "log10"]);
});

test("what every object has is no name of anything", () => {
  assert.equal(find(ALL.builtins, "constructor"), undefined);
  assert.deepEqual(names("constr"), []);
  assert.equal(explained("¦constructor + 1"), undefined);
});

test("a name is explained by what it stands for here", () => {
  assert.equal(explained("¦log(x)"), "log()");
  assert.equal(explained("¦x + 1"), "x");
  assert.equal(explained("x.¦sigmoid()"), "sigmoid()");
  assert.equal(explained("import math\nmath.¦sqrt(2)"), "sqrt()");
  assert.equal(explained("from minitorch import split\n¦split(3)", null), "split()");
  // A variable of this name is not the function.
  assert.equal(explained("log = 3\n¦log + 1"), undefined);
  assert.equal(explained("# ¦log"), undefined);
});

test("what the text defines is explained by the text", () => {
  const text = 'def log(a: float,\n    b=2):\n    """The `a` of b. And more."""\n    return a\n';
  assert.equal(explained(`${text}¦log(1)`), "log(a: float, b=2)");
  const found = wordAt(stateOf(`${text}log`), text.length, 1, ALL, EXPRESSION);
  assert.deepEqual(found, {
    from: text.length,
    to: text.length + 3,
    word: { kind: "function", signature: "log(a: float, b=2)", about: "The a of b." },
  });
  assert.equal(
    explained("class A:\n    def go(self, n) -> int:\n        self.¦go(n)\n"),
    "go(n) -> int",
  );
});
