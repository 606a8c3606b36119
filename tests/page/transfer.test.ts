/** The project as a zip, and what a learner may bring: whole projects and single files. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import type { Course } from "../../web/src/workspace/course";
import { PROJECT, placeOf, read, toZip } from "../../web/src/workspace/transfer";

const PATHS = ["minitorch/__init__.py", "minitorch/scalar.py", "project/run_scalar.py"];
const course = {
  files: PATHS.map((path) => ({ path, skeleton: `# ${path}`, solved: "", tasks: [] })),
  support: { "pytest.ini": "[pytest]", "tests/test_scalars.py": "# tests" },
} as unknown as Course;

const text = (content: string) => strToU8(content);
const zipOf = (files: Record<string, string>) => ({
  name: "work.zip",
  content: zipSync(Object.fromEntries(Object.entries(files).map(([k, v]) => [k, text(v)]))),
});

test("an export is the project with its tests, and comes back as it was", () => {
  const files = { "minitorch/scalar.py": "x = 1\n", "project/run_scalar.py": "# θ\n" };
  const zip = toZip(course, files);
  const names = Object.keys(unzipSync(zip));
  assert.deepEqual(names.sort(), [
    `${PROJECT}/minitorch/scalar.py`,
    `${PROJECT}/project/run_scalar.py`,
    `${PROJECT}/pytest.ini`,
    `${PROJECT}/tests/test_scalars.py`,
  ]);
  assert.equal(strFromU8(unzipSync(zip)[`${PROJECT}/project/run_scalar.py`]!), "# θ\n");
  assert.deepEqual(read(course, [{ name: "a.zip", content: zip }]).files, files);
  assert.deepEqual(toZip(course, files), zip, "the same work gives the same file");
});

test("a project is found in whatever folder it lies", () => {
  const { files } = read(course, [
    zipOf({
      "Module-1-me-main/minitorch/scalar.py": "mine",
      "Module-1-me-main/minitorch/tensor_ops.py": "other",
      "Module-1-me-main/project/run_scalar.py": "run",
      "Module-1-me-main/tests/test_scalar.py": "theirs",
      "Module-1-me-main/setup.py": "no",
      "Module-1-me-main/.venv/lib/minitorch/scalar.py": "no",
      "__MACOSX/minitorch/scalar.py": "no",
    }),
  ]);
  assert.deepEqual(files, {
    "minitorch/scalar.py": "mine",
    "minitorch/tensor_ops.py": "other",
    "project/run_scalar.py": "run",
  });
});

test("single files find their place by their names", () => {
  const { files } = read(course, [
    { name: "scalar.py", content: text("one") },
    { name: "run_scalar.py", content: text("two") },
    { name: "notes.py", content: text("three") },
  ]);
  assert.deepEqual(files, { "minitorch/scalar.py": "one", "project/run_scalar.py": "two" });
});

test("line ends and the mark at a file's beginning are made as the editor has them", () => {
  const { files } = read(course, [{ name: "scalar.py", content: text("\uFEFFa = 1\r\nb = 2\r\n") }]);
  assert.equal(files["minitorch/scalar.py"], "a = 1\nb = 2\n");
});

test("what is none of the project's is refused in words", () => {
  const refuse = (given: Parameters<typeof read>[1]) => () => read(course, given);
  assert.throws(refuse([{ name: "holiday.jpg", content: text("x") }]), /no file of the project/);
  assert.throws(refuse([{ name: "work.zip", content: text("no zip") }]), /work\.zip is no zip/);
  assert.throws(refuse([zipOf({ "readme.py": "x" })]), /no file of the project/);
});

test("a module that is not here is named where it is used, and not where it is only imported", () => {
  const notes = (content: string) => read(course, [{ name: "scalar.py", content: text(content) }]).notes;
  assert.deepEqual(notes("import numpy as np\n\nx = 1\n"), []);
  assert.deepEqual(notes("import numpy as np  # np.array\nx = 1\n"), []);
  assert.deepEqual(notes("import numpy as np\n\nx = np.array([1])\n"), [
    "minitorch/scalar.py uses numpy in line 3, and numpy is not here.",
  ]);
});

test("a path cannot lead out of the project", () => {
  const known = new Set(PATHS);
  for (const path of ["../minitorch/../../x.py", "minitorch/../x.py", "/etc/passwd", "a/b.py"]) {
    assert.equal(placeOf(path, known), null, path);
  }
  assert.equal(placeOf("C:\\work\\minitorch\\scalar.py", known), "minitorch/scalar.py");
});
