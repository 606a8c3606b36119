/** Tells `build.py test` what failed, in full, and at the end how many tests there were. */
import { relative } from "node:path";
import { inspect } from "node:util";

const INSIDE_NODE = /\n +at .*\bnode:internal\b.*/g;

export default async function* report(events) {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for await (const { type, data } of events) {
    if (type === "test:stdout" || type === "test:stderr") yield data.message;
    else if (type === "test:pass" && (data.skip ?? data.todo) !== undefined) skipped += 1;
    else if (type === "test:pass" && data.details.type !== "suite") passed += 1;
    else if (type === "test:fail" && !isOfItsTests(data)) {
      failed += 1;
      yield describe(data);
    }
  }
  yield closingLine(passed, failed, skipped);
}

/** A suite, or a file, that fails because one of its tests does. */
function isOfItsTests({ details }) {
  return details.error.failureType === "subtestsFailed";
}

function describe({ name, file, line, details: { error } }) {
  const place = file ? ` (${relative(process.cwd(), file)}:${line})` : "";
  const text = inspect(error.cause ?? error).replaceAll(INSIDE_NODE, "");
  return `✗ ${name}${place}\n${text}\n\n`;
}

function closingLine(passed, failed, skipped) {
  const counts = { passed, failed, skipped };
  const said = Object.entries(counts).filter(([name, count]) => count > 0 || name === "passed");
  return `${said.map(([name, count]) => `${count} ${name}`).join(", ")}\n`;
}
