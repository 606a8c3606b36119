/** Task 1.5 in pictures: what the learner's own network makes of four datasets, for a README. */
import type { Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { lightTheme, theme } from "../../figures/theme";
import { loss as lossText } from "../../format";
import type { PythonProblem } from "../../protocol/problems";
import { writeHash } from "../../address/hash";
import { download } from "./download";
import { POINTS, RATE, type Gallery, type Portrait, type Sitter } from "./gallery";
import { draw } from "./picture";
import { fileOf, readmePart } from "./readme";
import { settings } from "./settings";
import type { Place } from "./told";

/** Pixels along a side: as large as they are in a README, on a fine screen. */
const SIDE = 600;

interface Props {
  gallery: Gallery;
  /** Opens a file at a line. */
  show(place: Place): void;
}

export function Portraits({ gallery, show }: Props) {
  const { sitters, isTrainingAll } = gallery;
  const isBusy = sitters.some(({ phase }) => phase.value !== "waiting");
  const done = sitters.flatMap(({ portrait }) => portrait.value ?? []);
  return (
    <section class="card portraits" aria-labelledby="portraits-title">
      <h2 id="portraits-title">Train it</h2>
      <p>
        Your Network learns four datasets, on your Scalars: {POINTS} points each, at a learning rate
        of {RATE}. The larger two take a minute or more. The pictures and logs are made for your
        README.
      </p>
      <div class="buttons">
        <button
          type="button"
          class="primary"
          disabled={isBusy || isTrainingAll.value}
          onClick={() => void gallery.trainAll()}
        >
          Train all
        </button>
        <button
          type="button"
          disabled={done.length === 0 || isBusy}
          title="A zip with the pictures, the logs, and a text that shows them"
          onClick={() => void takeAway(done)}
        >
          Download for the README
        </button>
      </div>
      <div class="portrait-list">
        {sitters.map((sitter) => (
          <Card key={sitter.dataset} sitter={sitter} show={show} />
        ))}
      </div>
    </section>
  );
}

function Card({ sitter, show }: { sitter: Sitter } & Pick<Props, "show">) {
  const { dataset, phase, isHalfway, isOld, portrait, problem } = sitter;
  const isBusy = phase.value !== "waiting";
  const words = wordsFor(isBusy, isHalfway.value, portrait.value !== null);
  return (
    <section class="portrait" aria-label={dataset}>
      <h3>{dataset}</h3>
      <Picture portrait={portrait.value} />
      {/* Ten announcements a second would drown a screen reader. */}
      <p class="small" role="status" aria-label={`Training ${dataset}`} aria-live={isBusy ? "off" : "polite"}>
        {describe(sitter)}
      </p>
      {problem.value && <Trouble problem={problem.value} show={show} />}
      {isOld.value && !isBusy && <p class="small">You have changed your files since.</p>}
      <div class="portrait-sizes">
        <Size label="Hidden size" of={sitter.hidden} most={30} disabled={isBusy} />
        <Size label="Epochs" of={sitter.epochs} most={5000} disabled={isBusy} />
      </div>
      <div class="buttons">
        {/* The same button, so that the focus stays on it. */}
        <button
          type="button"
          aria-label={`${words}: ${dataset}`}
          onClick={() => (isBusy ? sitter.stop() : void sitter.train())}
        >
          {words}
        </button>
      </div>
    </section>
  );
}

function wordsFor(isBusy: boolean, isHalfway: boolean, isTrained: boolean): string {
  if (isBusy) return "Stop";
  if (isHalfway) return "Go on";
  return isTrained ? "Train again" : "Train";
}

function Picture({ portrait }: { portrait: Portrait | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colors = theme.value;
  const { boundary = null, data = null, correct = 0, points = 0 } = portrait ?? {};
  useEffect(() => {
    if (canvas.current) draw(canvas.current, boundary, data, colors);
  }, [boundary, data, colors]);
  const words = portrait ? `${correct} of ${points} points on the right side` : "Not trained yet";
  return <canvas ref={canvas} width={SIDE} height={SIDE} role="img" aria-label={words} />;
}

function Size({ label, of, most, disabled }: { label: string; of: Signal<number>; most: number; disabled: boolean }) {
  return (
    <label class="field">
      {label}
      <input
        type="number"
        min={1}
        max={most}
        value={of.value}
        disabled={disabled}
        onChange={({ currentTarget: field }) => {
          const asked = Math.round(field.valueAsNumber);
          if (asked >= 1) of.value = Math.min(asked, most);
          field.value = String(of.value);
        }}
      />
    </label>
  );
}

function describe({ phase, portrait }: Sitter): string {
  if (phase.value === "starting") return "Starting Python on your files …";
  const shown = portrait.value;
  if (!shown) return "Not trained yet";
  const { epochs, goal, boundary, correct, points } = shown;
  if (epochs === 0) return "Starting to train …";
  const at = epochs < goal ? `Epoch ${epochs} of ${goal}` : `${epochs} epochs`;
  return `${at} · loss ${lossText(boundary.loss)} · ${correct} of ${points} correct`;
}

function Trouble({ problem, show }: { problem: PythonProblem } & Pick<Props, "show">) {
  const { file, hint, kind, line, message, task } = problem;
  const isStopped = kind === "Stopped" && line === null;
  return (
    <div class="alert" role="alert">
      <p>
        {!isStopped && <strong>{kind}: </strong>}
        {message}
      </p>
      {file !== null && line !== null && (
        <button type="button" class="quiet" onClick={() => show({ file, line })}>
          {file}, line {line}
        </button>
      )}
      {task && task !== "1.5" && (
        <p>
          <a href={writeHash(settings, { task })}>To do in task {task}</a>
        </p>
      )}
      {hint && <p>{hint}</p>}
    </div>
  );
}

const FOLDER = "minitorch-task-1.5";

async function takeAway(done: readonly Portrait[]): Promise<void> {
  const { zipped } = await import("../../workspace/transfer");
  const files: Record<string, string | Uint8Array> = { "README-part.md": readmePart(done) };
  for (const one of done) {
    files[`${fileOf(one)}.txt`] = one.log.join("\n") + "\n";
    files[`${fileOf(one)}.png`] = await pngOf(one);
  }
  download(`${FOLDER}.zip`, zipped(FOLDER, files));
}

/** The picture in the light colours: a README has a light background, or is read in print. */
async function pngOf({ boundary, data }: Portrait): Promise<Uint8Array> {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  draw(canvas, boundary, data, lightTheme());
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (!blob) throw new Error("This browser makes no pictures.");
  return new Uint8Array(await blob.arrayBuffer());
}
