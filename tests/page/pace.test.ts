import { soon } from "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { afterFrame, paceOf } from "../../web/src/training/pace";

test("a compiled run takes about as long to watch, however many epochs it has", () => {
  for (const epochs of [500, 2000, 10_000]) {
    const pace = paceOf("animated", "compiled", epochs);
    assert.ok(pace && epochs / pace > 2 && epochs / pace < 3, `${epochs} epochs at ${pace}`);
  }
});

test("a short run is not stretched: an epoch a frame", () => {
  assert.equal(paceOf("animated", "compiled", 20), 60);
});

test("Scalar by Scalar is slow enough, and drawing at the end is not watched", () => {
  assert.equal(paceOf("animated", "eager", 500), Infinity);
  assert.equal(paceOf("end", "compiled", 500), null);
  assert.equal(paceOf("end", "eager", 500), null);
});

test("after a frame comes after the frame", async () => {
  const frames: (() => void)[] = [];
  globalThis.requestAnimationFrame = (then) => frames.push(() => then(0));
  let isAfter = false;
  void afterFrame().then(() => (isAfter = true));
  await soon(20);
  assert.equal(isAfter, false);
  frames.forEach((draw) => draw());
  assert.equal(isAfter, false, "while it is drawn, nothing else");
  await soon(20);
  assert.equal(isAfter, true);
});

test("a page that nobody sees has no frames, and goes on all the same", async () => {
  globalThis.requestAnimationFrame = () => 0;
  await afterFrame();
});
