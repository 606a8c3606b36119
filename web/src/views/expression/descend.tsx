/** Gradient descent on the expression, step by step: its buttons, its way as a picture, its words. */
import { useId } from "preact/hooks";
import { counted, float } from "../../format";
import type { Descent } from "../../graph/descent";
import type { Expression } from "../../graph/expression";
import { NumberField } from "../../ui/field";
import { takeFirst } from "../../ui/form";
import { Term } from "../../ui/term";
import { Way } from "./way";
import { settings } from "./settings";

const MANY = 10;
/** Rows of the table: the last ones. */
const ROWS = 6;

interface Props {
  descent: Descent;
  expression: Expression;
}

export function Descend({ descent, expression }: Props) {
  const id = useId();
  const path = descent.path.value;
  const rows = expression.result.value?.derivatives ?? [];
  return (
    <section class="card descend" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>Gradient descent</h2>
        <Term describedBy={id}>{ABOUT}</Term>
      </div>
      <Controls descent={descent} />
      {rows.length > 1 && <Free descent={descent} names={rows.map(({ variable }) => variable)} />}
      <p class="descend-words" aria-live="polite">
        {path.length > 1 && `${counted(path.length - 1, "step")}. `}
        {descent.words.value ||
          (path.length === 0 && "Each step moves the inputs a little to where the result is smaller.")}
      </p>
      {path.length > 1 && (
        <>
          <Way path={path} held={descent.held.value} />
          <Last descent={descent} />
        </>
      )}
    </section>
  );
}

const ABOUT = (
  <p>
    A derivative says in which direction the result grows. So a step against it makes the result
    smaller: each input becomes <b>input − rate × derivative</b>. This is how a network is trained,
    with its loss as the result.
  </p>
);

function Controls({ descent }: { descent: Descent }) {
  const isRunning = descent.isRunning.value;
  const press = (steps: number) => takeFirst(settings, () => void descent.go(steps));
  return (
    <form class="descend-controls" onSubmit={press(1)}>
      <NumberField of={settings} name="rate" />
      <div class="buttons">
        <button aria-disabled={isRunning}>Step</button>
        <button type="button" aria-disabled={isRunning} onClick={press(MANY)}>
          {MANY} steps
        </button>
        <button type="button" disabled={!isRunning} onClick={descent.stop} aria-label="Stop the descent">
          Stop
        </button>
        <button type="button" disabled={descent.path.value.length < 2} onClick={descent.reset}>
          Reset
        </button>
      </div>
    </form>
  );
}

/** Which inputs move: those of a network's points, say, are held. */
function Free({ descent, names }: { descent: Descent; names: readonly string[] }) {
  return (
    <fieldset class="choices">
      <legend>Inputs that move</legend>
      {names.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={!descent.held.value.has(name)}
            onChange={(event) => descent.hold(name, !event.currentTarget.checked)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

/** The last steps with their numbers. */
function Last({ descent }: { descent: Descent }) {
  const path = descent.path.value;
  const names = Object.keys(path[0]?.at ?? {});
  const first = Math.max(0, path.length - ROWS);
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label="The last steps">
      <table aria-label="The last steps">
        <thead>
          <tr>
            <th scope="col">step</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">result</th>
          </tr>
        </thead>
        <tbody>
          {path.slice(first).map((spot, i) => (
            <tr key={first + i}>
              <th scope="row">{first + i}</th>
              {names.map((name) => (
                <td key={name}>{float(spot.at[name] ?? NaN)}</td>
              ))}
              <td>{float(spot.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
