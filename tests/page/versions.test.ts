import assert from "node:assert/strict";
import { test } from "node:test";
import { lockOf } from "../../web/src/offline/versions";

test("each version at each place has a lock of its own", () => {
  const locks = ["https://a.example/", "https://a.example/b/"].flatMap((scope) =>
    ["1f", "2e"].map((version) => lockOf(scope, version)),
  );
  assert.equal(new Set(locks).size, 4);
});

test("the locks of a place begin alike, and end with their versions", () => {
  const start = lockOf("https://a.example/", "");
  const lock = lockOf("https://a.example/", "1f2e");
  assert.ok(lock.startsWith(start));
  assert.equal(lock.slice(start.length), "1f2e");
  assert.ok(!lockOf("https://a.example/b/", "1f2e").startsWith(start));
});
