/** What a text defines itself: functions and classes with what they say of themselves, imports. */
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode, Tree } from "@lezer/common";
import type { Word, Words } from "./words";

/** The functions and classes of a text by their names; of several of one name, the last. */
export const definitions = ofTree((state: EditorState) => {
  const found = new Map<string, Word>();
  syntaxTree(state).iterate({
    enter: ({ name, node }) => {
      if (name !== "FunctionDefinition" && name !== "ClassDefinition") return;
      const named = node.getChild("VariableName");
      if (named) found.set(textOf(state, named), described(state, node, named));
    },
  });
  return found;
});

/** The names that a text imports, and from which module; a module is from itself. */
export const imported = ofTree((state: EditorState) => {
  const found = new Map<string, string>();
  syntaxTree(state).iterate({
    enter: ({ name, node }) => {
      if (name !== "ImportStatement") return;
      const text = textOf(state, node).replaceAll(/[()\\\n]/g, " ");
      const from = /^from\s+(\S+)\s+import\b(.*)$/.exec(text);
      const names = from?.[2] ?? text.replace(/^import\b/, "");
      for (const [, path, alias] of names.matchAll(/([\w.]+)(?:\s+as\s+(\w+))?/g)) {
        if (path) found.set(alias ?? path, from?.[1] ?? path);
      }
    },
  });
  return found;
});

/** Found once for each tree: it is asked for name by name. */
function ofTree<T>(make: (state: EditorState) => T): (state: EditorState) => T {
  const known = new WeakMap<Tree, T>();
  return (state) => {
    const tree = syntaxTree(state);
    const found = known.get(tree) ?? make(state);
    known.set(tree, found);
    return found;
  };
}

/** What `self` has: the methods of the text, and the attributes that it sets or uses. */
export function ownMembers(state: EditorState): Words {
  const found: Record<string, Word> = {};
  for (const [, name] of state.doc.toString().matchAll(/\bself\.(\w+)(?=.)/gsu)) {
    if (name) found[name] = { kind: "attribute", signature: name, about: "" };
  }
  for (const [name, word] of definitions(state)) {
    if (word.kind === "method") found[name] = word;
  }
  return found;
}

function described(state: EditorState, node: SyntaxNode, named: SyntaxNode): Word {
  const body = node.getChild("Body");
  const about = body ? sentence(docstring(state, body)) : "";
  if (node.name === "ClassDefinition") {
    return { kind: "class", signature: textOf(state, named), about };
  }
  const isMethod = node.parent?.parent?.name === "ClassDefinition";
  // From the name to the colon, on one line, as it is called: without self.
  const header = state.sliceDoc(named.from, body?.from ?? node.to).replaceAll(/\s+/g, " ").trim();
  const signature = isMethod ? header.replace(/\((?:self|cls)(?:, )?/, "(") : header;
  return { kind: isMethod ? "method" : "function", signature, about };
}

function docstring(state: EditorState, body: SyntaxNode): string {
  const text = body.getChild("ExpressionStatement");
  const first = body.firstChild?.nextSibling;
  const string = text && first && text.from === first.from ? text.getChild("String") : null;
  return string ? textOf(state, string).replace(/^\w*("""|'''|"|')/, "").replace(/["']+$/, "") : "";
}

/** The first sentence of a docstring, as the build finds those of the package. */
function sentence(text: string): string {
  const paragraph = text.trim().split(/\n\s*\n/)[0] ?? "";
  const first = paragraph.split(/(?<=\.)\s+(?=[A-Z])/)[0] ?? "";
  return first.replaceAll(/\s+/g, " ").replaceAll("`", "");
}

function textOf(state: EditorState, { from, to }: { from: number; to: number }): string {
  return state.sliceDoc(from, to);
}
