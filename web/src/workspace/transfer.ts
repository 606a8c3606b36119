/**
 * The project as a zip, in the course's own layout, and back: a whole project or single files, as
 * students of the course have them. Pure, but for the zip's own work.
 */
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { count } from "../format";
import type { Course } from "./course";
import type { Files } from "./versions";

export const PROJECT = "minitorch-module-1";
/** A file with a date of its own would make each export another file. */
const DATE = new Date(2020, 0, 1);
const LONGEST = 500_000;
const MOST_FILES = 200;

export function toZip(course: Course, files: Files): Uint8Array<ArrayBuffer> {
  return zipped(PROJECT, { ...course.support, ...files });
}

/** A zip with one folder. */
export function zipped(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(files).map(([path, content]) => [
    `${folder}/${path}`,
    typeof content === "string" ? strToU8(content) : content,
  ]);
  const zip = zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>, { mtime: DATE });
  return zip as Uint8Array<ArrayBuffer>;
}

export interface Imported {
  /** The texts to take over, by path. */
  files: Files;
  /** What was left out or may not work, a sentence each. */
  notes: string[];
}

/**
 * Reads what a learner gives.
 *
 * @param given names and contents: a zip, or single files.
 * @throws Error in words, if there is nothing in it that belongs to the project.
 */
export function read(course: Course, given: readonly { name: string; content: Uint8Array }[]): Imported {
  const known = new Set(course.files.map(({ path }) => path));
  const notes: string[] = [];
  const found = given.flatMap(({ name, content }) =>
    /\.zip$/i.test(name) ? unpack(name, content) : [{ path: name, content }],
  );
  const files: Record<string, string> = {};
  for (const { path, content } of found.slice(0, MOST_FILES)) {
    const place = placeOf(path, known);
    if (!place) continue;
    if (content.byteLength > LONGEST) {
      notes.push(`${place} is longer than ${count(LONGEST)} characters: it was left out.`);
    } else {
      files[place] = strFromU8(content).replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
    }
  }
  const own = Object.keys(files).filter((path) => known.has(path));
  if (own.length === 0) {
    throw new Error(
      "There is no file of the project in this: it takes a zip with a folder minitorch, or files " +
        "such as scalar.py.",
    );
  }
  return { files, notes: [...notes, ...Object.entries(files).flatMap(missing)] };
}

function unpack(name: string, content: Uint8Array): { path: string; content: Uint8Array }[] {
  try {
    const wanted = ({ name: path, originalSize }: { name: string; originalSize: number }) =>
      path.endsWith(".py") && originalSize <= 2 * LONGEST;
    const entries = Object.entries(unzipSync(content, { filter: wanted }));
    return entries.map(([path, one]) => ({ path, content: one }));
  } catch (error) {
    throw new Error(`${name} is no zip file that can be read.`, { cause: error });
  }
}

/** Where a file belongs, whatever folder it comes in; null for what is none of the project's. */
export function placeOf(path: string, known: ReadonlySet<string>): string | null {
  const parts = path.replaceAll("\\", "/").split("/").filter(Boolean);
  if (parts.some((part) => part.startsWith(".") || part === "__MACOSX")) return null;
  const at = parts.findLastIndex((part) => part === "minitorch" || part === "project");
  if (at >= 0) {
    const place = parts.slice(at).join("/");
    return /^(minitorch|project)\/[\w/]+\.py$/.test(place) ? place : null;
  }
  if (parts.length !== 1) return null;
  return [...known].find((one) => one.endsWith(`/${parts[0]}`)) ?? null;
}

/** A module that is not here, and is really used: an import alone does no harm. */
const ABSENT = ["numpy", "numba", "torch", "streamlit"];

function missing([path, text]: [string, string]): string[] {
  const code = text.replace(/#.*$/gm, "");
  return ABSENT.flatMap((module) => {
    const imported = new RegExp(`^\\s*import ${module}(?: as (\\w+))?\\s*$`, "m").exec(code);
    const name = imported ? (imported[1] ?? module) : null;
    const line = name ? code.split("\n").findIndex((one) => one.includes(`${name}.`)) + 1 : 0;
    return line > 0 ? [`${path} uses ${module} in line ${line}, and ${module} is not here.`] : [];
  });
}
