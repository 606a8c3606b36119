import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, covers, next, type Change, type Copy } from "../../web/src/store/copies";

let clock = 0;

/** A change by a tab that has seen some copies. */
function write(value: string, tab: string, number: number, seen: Copy<string>[] = []) {
  const version = next(
    seen.map((copy) => copy.version),
    tab,
    number,
  );
  return { over: version, copy: { value, version, tab, time: ++clock } };
}

function after(...changes: Change<string>[]): Copy<string>[] {
  return changes.reduce(apply<string>, []);
}

const values = (copies: Copy<string>[]) => copies.map(({ value }) => value);

test("a version covers what it has seen, and no more", () => {
  assert.ok(covers({ a: 2, b: 1 }, { a: 2 }));
  assert.ok(covers({ a: 2 }, {}));
  assert.ok(!covers({ a: 2 }, { a: 3 }));
  assert.ok(!covers({ a: 2 }, { a: 1, b: 1 }));
});

test("a version has seen the latest of all it is based on", () => {
  assert.deepEqual(next([{ a: 2, b: 1 }, { a: 1, b: 3 }], "c", 7), { a: 2, b: 3, c: 7 });
  assert.deepEqual(Object.keys(next([{ a: 2, b: 1 }], "a", 3)), ["b", "a"], "its own comes last");
});

test("a change takes the place of what it is based on", () => {
  const first = write("one", "a", 1);
  const second = write("two", "b", 1, [first.copy]);
  assert.deepEqual(values(after(first, second)), ["two"]);
});

test("what nobody has seen stays beside it, the newest first", () => {
  const first = write("one", "a", 1);
  const mine = write("mine", "a", 2, [first.copy]);
  const theirs = write("theirs", "b", 1, [first.copy]);
  assert.deepEqual(values(after(first, mine, theirs)), ["theirs", "mine"]);
  assert.deepEqual(values(after(first, theirs, mine)), ["theirs", "mine"]);
});

test("a tab that types on replaces its own, and nothing of the other's", () => {
  const first = write("one", "a", 1);
  const theirs = write("theirs", "b", 1, [first.copy]);
  const typed = [2, 3, 4].map((number) => write(`mine ${number}`, "a", number, [first.copy]));
  assert.deepEqual(values(after(first, theirs, ...typed)), ["mine 4", "theirs"]);
});

test("a change that is based on both settles it", () => {
  const [mine, theirs] = [write("mine", "a", 1), write("theirs", "b", 1)];
  const both = after(mine, theirs);
  assert.equal(both.length, 2);
  assert.deepEqual(values(after(mine, theirs, write("both", "a", 2, both))), ["both"]);
});

test("a change that is made again changes nothing, also after others", () => {
  const first = write("one", "a", 1);
  const second = write("two", "a", 2, [first.copy]);
  const third = write("three", "b", 1, [second.copy]);
  for (const again of [[second], [first], [first, second], [third, first]]) {
    assert.deepEqual(values(after(first, second, third, ...again)), ["three"]);
  }
});

test("a change that was lost can be made up for, in any order", () => {
  const first = write("one", "a", 1);
  const second = write("two", "a", 2, [first.copy]);
  assert.deepEqual(values(after(second)), ["two"], "the first never arrived");
  assert.deepEqual(values(after(second, first)), ["two"], "the first came late");
});

test("a deletion takes what it has seen", () => {
  const [mine, theirs] = [write("mine", "a", 1), write("theirs", "b", 1)];
  const kept = after(mine, theirs, { over: mine.copy.version, copy: null });
  assert.deepEqual(values(kept), ["theirs"]);
  assert.deepEqual(after(mine, theirs, { over: null, copy: null }), []);
});

test("a change over everything leaves only its own", () => {
  const [mine, theirs] = [write("mine", "a", 1), write("theirs", "b", 1)];
  const last = { over: null, copy: write("last", "c", 1).copy };
  assert.deepEqual(values(after(mine, theirs, last)), ["last"]);
});

test("versions stay short, whatever the number of tabs, and nothing is taken for a conflict", () => {
  let copies: Copy<string>[] = [];
  for (let k = 0; k < 40; k++) copies = apply(copies, write(`by ${k}`, `tab-${k}`, 1, copies));
  assert.deepEqual(values(copies), ["by 39"]);
  const tabs = Object.keys(copies[0]?.version ?? {});
  assert.deepEqual(tabs, [30, 31, 32, 33, 34, 35, 36, 37, 38, 39].map((k) => `tab-${k}`));
});
