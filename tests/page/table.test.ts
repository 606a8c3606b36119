import assert from "node:assert/strict";
import { test } from "node:test";
import {
  choice,
  hiding,
  initialValues,
  integer,
  real,
  text,
  type Setting,
} from "../../web/src/address/table";

const points = integer("Points", { min: 1, max: 1000, initial: 50 });
const rate = choice("Rate", [0.1, 0.5, 1], { initial: 0.5 });
const engine = choice("Engine", ["compiled", "eager"], {
  initial: "compiled",
  names: { eager: "Scalar by Scalar" },
  hints: { compiled: "as one program" },
  formerly: { scalar: "eager" },
});
const code = text("Code", { initial: "x", maxLength: 10, own: "your own text" });

function valueOf<V>(setting: Setting<V>, written: string): V | undefined {
  const reading = setting.read(written);
  return reading.ok ? reading.value : undefined;
}

function expectedBy<V>(setting: Setting<V>, written: string): string | undefined {
  const reading = setting.read(written);
  return reading.ok ? undefined : reading.expected;
}

test("what a setting writes, it reads", () => {
  const round = <V>(setting: Setting<V>, ...values: V[]) =>
    assert.deepEqual(values.map((value) => valueOf(setting, setting.write(value))), values);
  round(points, 1, 50, 1000);
  round(real("x", { initial: 2 }), 0, -0, -2.5, 1e-300, 1.7e308, 1 / 3);
  round(rate, 0.1, 0.5, 1);
  round(engine, "compiled", "eager");
  round(code, "", "x\n+ 1", "é×☃", "a&b=c #%");
});

test("an integer is whole and within its limits, both included", () => {
  assert.deepEqual(["1", "1000", "1,000", "007"].map((one) => valueOf(points, one)), [
    ...[1, 1000, 1000, 7],
  ]);
  for (const one of ["0", "1001", "-5", "1e9", "2.5", "", "many"]) {
    assert.equal(expectedBy(points, one), "a whole number from 1 to 1,000", one);
  }
  assert.ok(Object.is(valueOf(integer("Seed", { min: 0, max: 9, initial: 0 }), "-0"), 0));
});

test("a real is any finite number, and a decimal comma gets a hint", () => {
  const x = real("x", { initial: 2 });
  assert.equal(valueOf(x, "−2.0"), -2);
  assert.equal(expectedBy(x, "many"), "a number");
  assert.equal(expectedBy(x, ""), "a number");
  assert.equal(expectedBy(x, "1e999"), "a number");
  assert.match(expectedBy(x, "1,5") ?? "", /1\.5/);
});

test("a choice is one of what there is to choose from", () => {
  assert.equal(valueOf(rate, "0.5"), 0.5);
  assert.equal(expectedBy(rate, "0.7"), "one of 0.1, 0.5, 1");
  assert.equal(expectedBy(engine, "toString"), "one of compiled, eager");
  assert.equal(expectedBy(engine, "constructor"), "one of compiled, eager");
});

test("what addresses used to say is read, and written as it is called today", () => {
  assert.equal(valueOf(engine, "scalar"), "eager");
  assert.equal(engine.write("eager"), "eager");
});

test("a choice has a name and a hint for people, where it has one", () => {
  assert.deepEqual(engine.choices.map(engine.nameOf), ["compiled", "Scalar by Scalar"]);
  assert.deepEqual(engine.choices.map(engine.hintOf), ["as one program", undefined]);
});

test("a text is as long as an address may be, and of whole characters", () => {
  assert.equal(valueOf(code, "1234567890"), "1234567890");
  assert.equal(expectedBy(code, "12345678901"), "at most 10 characters");
  assert.equal(valueOf(code, "😀"), "😀");
  assert.equal(expectedBy(code, "😀".slice(0, 1)), "whole characters");
});

test("at first everything is as the table says", () => {
  assert.deepEqual(initialValues({ points, engine, code }), {
    points: 50,
    engine: "compiled",
    code: "x",
  });
});

test("a link names what it hides, in any order, and nothing else", () => {
  const hide = hiding(["seed", "epochs", "code"], { formerly: { all: ["seed", "epochs", "code"] } });
  assert.deepEqual(valueOf(hide, "code,seed"), ["seed", "code"]);
  assert.deepEqual(valueOf(hide, "seed,seed"), ["seed"]);
  assert.deepEqual(valueOf(hide, "all"), ["seed", "epochs", "code"]);
  assert.deepEqual([valueOf(hide, "nothing"), valueOf(hide, "")], [[], []]);
  assert.equal(hide.write(["seed", "code"]), "seed,code");
  assert.deepEqual(valueOf(hide, hide.write([])), []);
  assert.match(expectedBy(hide, "seed,toString") ?? "", /^any of seed, epochs, code/);
});
