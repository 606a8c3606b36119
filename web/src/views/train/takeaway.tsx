/** What can be taken away from a run, and weights that are brought back. */
import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { writeHash } from "../../address/hash";
import { figuresCalled, type Picture } from "../../figures/figures";
import { trainingScript } from "../../training/calls";
import type { Run } from "../../training/run";
import { readWeights, writeWeights } from "../../training/weights";
import { download } from "./download";
import { settings, trainSettings } from "./settings";

const said = signal<string | null>(null);

export function TakeAway({ run }: { run: Run }) {
  const input = useRef<HTMLInputElement>(null);
  const hasModel = run.parameters.value !== null && run.checkpoint.value !== null;
  return (
    <section class="card take" aria-labelledby="take-title">
      <div class="card-head">
        <h2 id="take-title">Take away</h2>
      </div>
      <dl class="take-list">
        <dt>Link</dt>
        <dd>
          <Act name="Copy link" act={copyLink} />
          <span class="small">with the settings, your points and your code</span>
        </dd>
        <dt>Weights</dt>
        <dd>
          <Act name="Download weights" act={() => saveWeights(run)} disabled={!hasModel} />
          <Act name="Bring weights back" act={() => input.current?.click()} disabled={!hasModel} />
          <input
            ref={input}
            type="file"
            accept=".json,application/json"
            aria-label="Weights as JSON"
            hidden
            onChange={(event) => void bringBack(run, event.currentTarget)}
          />
        </dd>
        <dt>Program</dt>
        <dd>
          <Act name="Python script" act={() => saveScript("minitorch")} />
          <Act name="PyTorch script" act={() => saveScript("torch")} />
          <span class="small">which train the same model, and print the same losses</span>
        </dd>
        <dt>Pictures</dt>
        <dd>
          {(["boundary", "loss"] as const).flatMap((name) =>
            (["png", "svg"] as const).map((kind) => (
              <Act
                key={name + kind}
                name={`${name === "loss" ? "Loss" : "Boundary"} as ${kind.toUpperCase()}`}
                act={() => savePicture(name, kind)}
              />
            )),
          )}
        </dd>
      </dl>
      {said.value && (
        <p class="small" role="status" aria-label="Taken away">
          {said.value}
        </p>
      )}
    </section>
  );
}

interface ActProps {
  name: string;
  act(): void | Promise<void>;
  disabled?: boolean;
}

function Act({ name, act, disabled = false }: ActProps) {
  const press = async () => {
    said.value = null;
    try {
      await act();
    } catch (error) {
      said.value = error instanceof Error ? error.message : String(error);
    }
  };
  return (
    <button type="button" class="quiet" disabled={disabled} onClick={() => void press()}>
      {name}
    </button>
  );
}

function baseName(): string {
  const { dataset, hidden, seed } = settings.values.value;
  return `minitorch-${dataset.toLowerCase()}-h${hidden}-seed${seed}`;
}

async function copyLink(): Promise<void> {
  const link = new URL(writeHash(settings), location.href).href;
  await navigator.clipboard.writeText(link);
  said.value = "The link is copied. Whoever opens it sees this; nothing runs until they press Train.";
}

function saveWeights(run: Run): void {
  const state = run.shownAt.peek();
  const names = run.parameters.peek();
  if (!state || !names) return;
  download(`${baseName()}.json`, writeWeights(state, names), "application/json");
}

async function bringBack(run: Run, input: HTMLInputElement): Promise<void> {
  const [file] = input.files ?? [];
  const names = run.parameters.peek();
  if (!file || !names) return;
  const found = readWeights(await file.text(), names);
  input.value = "";
  if (typeof found === "string") said.value = found;
  else run.place(found);
}

async function saveScript(kind: "minitorch" | "torch"): Promise<void> {
  const { text, problem } = await trainingScript(trainSettings(), kind);
  if (problem) said.value = problem;
  else download(`${baseName()}-${kind}.py`, text, "text/x-python");
}

async function savePicture(name: string, kind: Picture): Promise<void> {
  const [figure] = figuresCalled(name === "loss" ? ["loss", "losslog"] : ["boundary"]);
  if (!figure) throw new Error("There is no such picture on the page yet.");
  download(`${baseName()}-${name}.${kind}`, await figure.picture(kind), `image/${kind}`);
}
