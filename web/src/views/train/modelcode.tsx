/** The model's code: `Linear` and `Network`, to be changed and trained. */
import { computed, signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { EditorBox } from "../../editor/editorbox";
import { inLine } from "../../format";
import { evaluate } from "../../graph/calls";
import type { PythonProblem } from "../../protocol/problems";
import { problemOf } from "../../python/client";
import { draftOf } from "../../store/drafts";
import { inTab } from "../../store/storage";
import type { Run } from "../../training/run";
import { Said } from "../../ui/said";
import { Term } from "../../ui/term";
import { MODEL } from "./model";
import { settings } from "./settings";
import { words } from "./words";

/** What is written, whether it is trained or not. */
const draft = draftOf("model", MODEL);
/** The code of the address beside which it was written. */
const BESIDE = "draft.beside";
const problem = signal<PythonProblem | null>(null);
const markedLine = computed(() => problem.value?.line ?? null);

/** Tries the text as a program, in a Python of its own: what is trained stays if it fails. */
async function tried(code: string, hidden: number): Promise<PythonProblem | null> {
  const test = `${code}\nNetwork(${hidden})((Scalar(0.5), Scalar(0.5)))`;
  try {
    const signal = new AbortController().signal;
    return (await evaluate({ code: test, inputs: {}, maxNodes: 0 }, signal)).problem;
  } catch (error) {
    return problemOf(error);
  }
}

export function ModelCode({ run }: { run: Run }) {
  const { model, code } = settings.values.value;
  useMemo(() => {
    // A link's own text comes first.
    if (code && inTab.recall(BESIDE) !== code) draft.value = code;
  }, []);
  const [isOpen, setOpen] = useState(model === "code" || draft.peek() !== (code || MODEL));
  const [isTrying, setTrying] = useState(false);
  useEffect(() => void inTab.remember(BESIDE, code), [code]);
  const isUsed = model === "code" && code === draft.value;

  const use = async () => {
    const text = draft.value;
    setTrying(true);
    problem.value = await tried(text, settings.values.peek().hidden);
    setTrying(false);
    if (problem.value) return;
    run.allow(text);
    settings.change({ model: "code", code: text });
  };
  const useNetwork = () => {
    problem.value = null;
    settings.change({ model: "network" });
  };
  return (
    <section class="card model-code" aria-labelledby="code-title">
      <div class="card-head">
        <h2 id="code-title">Model code</h2>
        <Term describedBy="code-title">{words.code}</Term>
        <span class="small">{model === "code" ? "your own is trained" : "Network is trained"}</span>
        <button type="button" class="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? "Hide the code" : "Show the code"}
        </button>
      </div>
      {isOpen && (
        <>
          <EditorBox
            label="Model code"
            keptAs="model"
            text={draft}
            onChange={(text) => (draft.value = text)}
            onRun={() => void use()}
            markedLine={markedLine}
          />
          <div class="buttons">
            <button type="button" onClick={() => void use()} disabled={isUsed || isTrying}>
              Use this model
            </button>
            <button type="button" class="quiet" onClick={useNetwork} disabled={model === "network"}>
              Use Network
            </button>
            <button
              type="button"
              class="quiet"
              onClick={() => (draft.value = MODEL)}
              disabled={draft.value === MODEL}
            >
              Back to the original
            </button>
          </div>
          <Problem />
        </>
      )}
    </section>
  );
}

function Problem() {
  const found = problem.value;
  if (!found) return null;
  return (
    <div class="alert" role="alert">
      <p>
        {found.kind}
        {inLine(found)}: {found.message}
      </p>
      {found.hint && <p>{found.hint}</p>}
      <p>What was trained before is still there.</p>
      <Said text={found.traceback} />
    </div>
  );
}
