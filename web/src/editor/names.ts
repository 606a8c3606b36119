/** The names in a text: which may stand at a place, and what is known of the one that does. */
import { CompletionContext } from "@codemirror/autocomplete";
import { localCompletionSource } from "@codemirror/lang-python";
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import { definitions, imported, ownMembers } from "./definitions";
import { find, type AllWords, type Given, type Word, type Words } from "./words";

export interface Proposal {
  name: string;
  word: Word;
}

export interface Proposals {
  /** Where the name begins that is being typed. */
  from: number;
  typed: string;
  /** In the order in which they are offered. */
  names: Proposal[];
}

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_]*`;
const TYPED = new RegExp(`(?:${NAME})?$`, "u");
const LAST = new RegExp(`${NAME}$`, "u");
/** Before what goes on with a number: `2e`, `2.`. */
const IN_NUMBER = /(?:^|[^\p{L}\p{N}_])\d\w*\.?$/u;
const IMPORTING = new RegExp(`^\\s*from\\s+([\\w.]+)\\s+import\\b[\\s(]*(?:[\\w\\s,]*,\\s*)?$`);
const MODULE = /^\s*(?:from|import)\s+[\w.]*$/;
const OF_THE_TEXT: Word = { kind: "in your text", signature: "", about: "" };

/**
 * The names that may stand at a place, and begin with what is typed there.
 *
 * @returns Null in strings, comments and numbers.
 */
export function namesAt(
  state: EditorState,
  at: number,
  all: AllWords,
  given: Given | undefined,
): Proposals | null {
  const node = syntaxTree(state).resolveInner(at, -1).name;
  if (["String", "FormatString", "Comment"].includes(node)) return null;
  const line = state.doc.lineAt(at);
  const before = state.sliceDoc(line.from, at);
  const typed = TYPED.exec(before)?.[0] ?? "";
  const head = before.slice(0, before.length - typed.length);
  if (IN_NUMBER.test(head)) return null;
  const words = candidates(state, at, head, all, given);
  return { from: at - typed.length, typed, names: fitting(words, typed) };
}

/** Whether there is a dot before the name at a place, so that it belongs to something. */
export function isMember(state: EditorState, from: number): boolean {
  return state.sliceDoc(from - 1, from) === ".";
}

/** What is known of the name at a place, and where it stands. */
export function wordAt(
  state: EditorState,
  at: number,
  side: -1 | 1,
  all: AllWords,
  given: Given | undefined,
): { from: number; to: number; word: Word } | null {
  const { name: kind, from, to } = syntaxTree(state).resolveInner(at, side);
  if (kind !== "VariableName" && kind !== "PropertyName") return null;
  const name = state.sliceDoc(from, to);
  const head = state.sliceDoc(state.doc.lineAt(from).from, from);
  const word =
    kind === "PropertyName"
      ? find(membersOf(ownerIn(head), state, all, given), name)
      : meaningOf(name, state, from, all, given);
  return word && word.signature ? { from, to, word } : null;
}

/** Those that begin so: in the given order, and by the alphabet where they are of one kind. */
function fitting(groups: Words[], typed: string): Proposal[] {
  const start = typed.toLowerCase();
  const found = new Map<string, Word>();
  for (const words of groups) {
    const names = Object.keys(words).filter((name) => name.toLowerCase().startsWith(start));
    for (const name of names.sort((a, b) => a.localeCompare(b, "en"))) {
      if (!found.has(name)) found.set(name, words[name]!);
    }
  }
  return [...found].map(([name, word]) => ({ name, word }));
}

/** What may follow, those first that are meant most. */
function candidates(
  state: EditorState,
  at: number,
  head: string,
  all: AllWords,
  given: Given | undefined,
): Words[] {
  if (MODULE.test(head)) return [plainWords(Object.keys(all.modules), "module")];
  if (head.endsWith(".")) return [membersOf(ownerIn(head), state, all, given)];
  const from = IMPORTING.exec(head)?.[1];
  if (from !== undefined) return [exportedBy(from, all)];
  const own = localNames(state, at).map(
    (name) => [name, meaningInText(name, state, all) ?? OF_THE_TEXT] as const,
  );
  return [
    Object.fromEntries(own),
    ...(given ? [inputWords(given), all.given[given.of]] : []),
    all.builtins,
    plainWords(all.keywords, "keyword"),
  ];
}

function plainWords(names: readonly string[], kind: string, about = ""): Words {
  return Object.fromEntries(names.map((name) => [name, { kind, signature: name, about }]));
}

function inputWords({ inputs }: Given): Words {
  return plainWords(inputs, "input", "A Scalar: one of the inputs.");
}

/** The names that the text itself defines, and that hold there. */
function localNames(state: EditorState, at: number): string[] {
  // It looks at the state alone, and gives no promise.
  const found = localCompletionSource(new CompletionContext(state, at, true));
  const options = found && "options" in found ? found.options : [];
  return options.map(({ label }) => label);
}

/** What a name stands for: what the text makes of it comes first. */
function meaningOf(
  name: string,
  state: EditorState,
  at: number,
  all: AllWords,
  given: Given | undefined,
): Word | undefined {
  const own = meaningInText(name, state, all);
  if (own) return own;
  if (localNames(state, at).includes(name)) return undefined;
  if (given) {
    const word = find(inputWords(given), name) ?? find(all.given[given.of], name);
    if (word) return word;
  }
  return find(all.builtins, name);
}

/** What a text says of a name: that it defines it, or imports it from a module that is known. */
function meaningInText(name: string, state: EditorState, all: AllWords): Word | undefined {
  const source = imported(state).get(name);
  const module = source === name ? find(all.given.expression, name) : undefined;
  const word = source === undefined ? undefined : find(exportedBy(source, all), name);
  return definitions(state).get(name) ?? module ?? word;
}

/** What can be imported from a module: `math`, `minitorch.operators`, `.autodiff`. */
function exportedBy(path: string, all: AllWords): Words {
  const module = find(all.modules, path.split(".").at(-1) ?? "");
  const isOurs = path.startsWith(".") || path.split(".")[0] === "minitorch";
  return module ?? (isOurs ? all.modules["minitorch"] : undefined) ?? {};
}

interface Owner {
  name: string;
  /** Whether it is called, so that it is what comes of that. */
  isCalled: boolean;
}

/** Whose member is meant: what stands before the dot at the end of a line. */
function ownerIn(head: string): Owner {
  let text = head.slice(0, -1);
  const isCalled = text.endsWith(")");
  if (isCalled) text = text.slice(0, openingIn(text));
  return { name: LAST.exec(text)?.[0] ?? "", isCalled };
}

/** Where the bracket opens that the last character closes. */
function openingIn(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    if (text[at] === ")") depth += 1;
    if (text[at] === "(") depth -= 1;
    if (depth === 0) return at;
  }
  return 0;
}

function membersOf(
  { name, isCalled }: Owner,
  state: EditorState,
  all: AllWords,
  given: Given | undefined,
): Words {
  const text = state.doc.toString();
  if (name === "self" && !isCalled) return ownMembers(state);
  const own = isCalled ? undefined : find(all.modules, moduleNamed(name, text));
  const found = own ?? find(all.classes, name) ?? (isCalled ? undefined : madeBy(name, text, all));
  if (found) return found;
  // Most of what has no name of a class is a Scalar, where there are any.
  return (given || /\bScalar\b/.test(text) ? all.classes["Scalar"] : undefined) ?? {};
}

/** The module that a name is: `import minitorch as mt`. */
function moduleNamed(name: string, text: string): string {
  if (name === "") return "";
  const path = new RegExp(`\\bimport\\s+([\\w.]+)\\s+as\\s+${name}\\b`, "u").exec(text)?.[1] ?? name;
  return path.split(".").at(-1) ?? name;
}

/** The members of what a name was given: `net = Network(3)`, `ctx: Context`. */
function madeBy(name: string, text: string, all: AllWords): Words | undefined {
  if (name === "") return undefined;
  const made = String.raw`\b${name}\s*(?::\s*(?:\w+\.)*(\w+)|=\s*(?:\w+\.)*(\w+)\()`;
  const found = new RegExp(made, "u").exec(text);
  return find(all.classes, found?.[1] ?? found?.[2] ?? "");
}
