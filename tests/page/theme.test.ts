import { colors, darken } from "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { blend, theme } from "../../web/src/figures/theme";

test("a blend begins and ends with its colours", () => {
  const shades = blend("#8fbbe3", "#f8f5ef", 33);
  assert.equal(shades.length, 33);
  assert.deepEqual([shades[0], shades.at(-1)], ["#8fbbe3", "#f8f5ef"]);
});

test("in between, each channel goes its own way in even steps", () => {
  assert.deepEqual(blend("#000000", "#ff8004", 5), [
    ...["#000000", "#402001", "#804002", "#bf6003", "#ff8004"],
  ]);
  assert.deepEqual(blend("#0a0b0c", "#0a0b0c", 3), ["#0a0b0c", "#0a0b0c", "#0a0b0c"]);
});

test("colours are read from CSS, again when the system turns dark", () => {
  colors.set("--ink", " #e8e6e1");
  colors.set("--accent-soft", "#2b2550");
  assert.equal(theme.value.ink, "");
  darken();
  assert.equal(theme.value.ink, "#e8e6e1");
  assert.equal(theme.value["accent-soft"], "#2b2550");
});
