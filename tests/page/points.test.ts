import assert from "node:assert/strict";
import { test } from "node:test";
import { readPoints, writePoints } from "../../web/src/training/points";

/** The rows of a text as [x1, x2, label]. */
function rows(text: string): number[][] {
  const { x1, x2, label } = readPoints(text).points;
  return x1.map((x, i) => [x, x2[i]!, label[i]!]);
}

const TWO = [
  [0.1, 0.2, 0],
  [0.3, 0.4, 1],
];

for (const [name, text] of Object.entries({
  commas: "0.1,0.2,0\n0.3,0.4,1",
  "commas and blanks": "0.1, 0.2, 0\n 0.3 , 0.4 , 1 \n",
  semicolons: "0.1;0.2;0\n0.3;0.4;1",
  "semicolons and decimal commas": "0,1;0,2;0\n0,3;0,4;1",
  tabs: "0.1\t0.2\t0\n0.3\t0.4\t1",
  "blanks, as in a table": "  0.1   0.2  0\n  0.3   0.4  1",
  "Windows and a byte order mark": "\uFEFF0.1,0.2,0\r\n0.3,0.4,1\r\n",
  "old Macs": "0.1,0.2,0\r0.3,0.4,1\r",
  "a line of names": "x1,x2,label\n0.1,0.2,0\n0.3,0.4,1",
  "quotes and a line of names": '"a","b","class"\n"0.1","0.2","0"\n"0.3","0.4","1"',
  "empty lines and remarks": "# mine\n\n0.1,0.2,0\n\n# more\n0.3,0.4,1\n\n",
  "labels as floats": "0.1,0.2,0.0\n0.3,0.4,1.0",
  exponents: "1e-1,2e-1,0\n3e-1,4e-1,1",
})) {
  test(`it reads ${name}`, () => {
    assert.deepEqual(rows(text), TWO);
    assert.deepEqual(readPoints(text).notes, []);
  });
}

for (const [line, note] of [
  ["0.1,0.2", "Line 2: two numbers and a label are needed, and there are 2 fields."],
  ["hello", "Line 2: two numbers and a label are needed, and there is one field."],
  ["0.1,0.2,1,7", "Line 2: two numbers and a label are needed, and there are 4 fields."],
  ["0.1,abc,1", "Line 2: “abc” is not a number."],
  ["0.1,,1", "Line 2: “” is not a number."],
  ["nan,0.2,1", "Line 2: “nan” is not a number."],
  ["Infinity,0.2,1", "Line 2: “Infinity” is not a number."],
  ["0.1,0.2,2", "Line 2: the label is “2”, and has to be 0 or 1."],
  ["0.1,0.2,cat", "Line 2: the label is “cat”, and has to be 0 or 1."],
] as const) {
  test(`a bad line is named and the others are kept: ${line}`, () => {
    const text = `0.1,0.2,0\n${line}\n0.3,0.4,1`;
    assert.deepEqual(rows(text), TWO);
    assert.deepEqual(readPoints(text).notes, [note]);
  });
}

test("a line of names is passed over only at the top", () => {
  const { notes } = readPoints("0.1,0.2,0\nx,y,label");
  assert.equal(notes.length, 1);
});

test("of many bad lines some are quoted and the others counted", () => {
  const { notes, points } = readPoints("1;2\n".repeat(9) + "0.5;0.5;1");
  assert.equal(notes.length, 6);
  assert.equal(notes.at(-1), "4 more lines can’t be read.");
  assert.deepEqual(points.label, [1]);
});

test("more points than are trained on are left out, and counted", () => {
  const { points, notes } = readPoints("0.5,0.5,1\n".repeat(1003));
  assert.equal(points.x1.length, 1000);
  assert.deepEqual(notes, ["3 points beyond 1,000 left out."]);
});

test("what lies outside the square is scaled, each coordinate by itself, and said", () => {
  assert.deepEqual(rows("-2,0.2,0\n2,0.4,1\n0,0.3,1"), [
    [0, 0.2, 0],
    [1, 0.4, 1],
    [0.5, 0.3, 1],
  ]);
  assert.deepEqual(readPoints("-2,0,0\n2,1,1").notes, ["x1 was scaled to lie between 0 and 1."]);
  const both = readPoints("10,20,0\n30,60,1");
  assert.deepEqual(both.notes, ["Both coordinates were scaled to lie between 0 and 1."]);
});

test("numbers as large as there are stay inside", () => {
  for (const [x1, x2] of rows("1e308,5,0\n-1e308,5,1")) {
    for (const x of [x1!, x2!]) assert.ok(x >= 0 && x <= 1, String(x));
  }
});

test("a text without points gives none, and names what it could not read", () => {
  assert.deepEqual(readPoints("").points.label, []);
  assert.deepEqual(readPoints("").notes, []);
  assert.equal(readPoints("<html>\n<p>1</p>").points.label.length, 0);
});

test("what is written is read back bit for bit", () => {
  const points = { x1: [0.1, 1 / 3, 1], x2: [0, 2 / 3, 5e-324], label: [1, 0, 1] };
  assert.deepEqual(readPoints(writePoints(points)), { points, notes: [] });
});
