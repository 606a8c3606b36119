import assert from "node:assert/strict";
import { test } from "node:test";
import { Snapshots } from "../../web/src/training/snapshots";

function after(epochs: number, size = 1): Snapshots {
  let found = Snapshots.none;
  for (let epoch = 0; epoch <= epochs; epoch++) {
    found = found.with({ epoch, parameters: new Float64Array(size).fill(epoch) });
  }
  return found;
}

test("of a short run, every epoch can be looked back at", () => {
  const epochs = after(100).all.map(({ epoch }) => epoch);
  assert.deepEqual(epochs, Array.from({ length: 101 }, (_, i) => i));
});

test("a long run keeps some from its first to its last hundredth, and never too many", () => {
  const { all } = after(10_000);
  assert.ok(all.length > 100 && all.length <= 256, `${all.length}`);
  assert.equal(all[0]?.epoch, 0);
  assert.ok((all.at(-1)?.epoch ?? 0) >= 9900);
  const gaps = all.slice(1).map(({ epoch }, i) => epoch - (all[i]?.epoch ?? 0));
  assert.ok(Math.max(...gaps) <= 200, `${Math.max(...gaps)}`);
});

test("a large model keeps fewer", () => {
  assert.ok(after(200, 40_000).all.length <= 50);
});

test("an epoch is found, or the last one before it that is kept", () => {
  const found = after(2000);
  const at = found.at(1234)!;
  assert.ok(at.epoch <= 1234 && at.epoch > 1200);
  assert.deepEqual([...at.parameters], [at.epoch]);
  assert.equal(Snapshots.none.at(3), null);
});
