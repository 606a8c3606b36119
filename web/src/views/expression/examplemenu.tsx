/** A button that opens a list of examples; picking one fills the editor and runs it. */
import { useId, useRef } from "preact/hooks";
import { Popover } from "../../ui/popover";
import { examples } from "./examples";
import { setCode } from "./text";

/** `onPick`: an example of ours is in the editor, to be run. */
export function ExampleMenu({ onPick }: { onPick(): void }) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button ref={button} type="button" popoverTarget={id}>
        Examples
      </button>
      <Popover id={id} anchor={button} class="menu">
        <ul>
          {examples.map(({ title, code }) => (
            <li key={title}>
              <button
                type="button"
                popoverTarget={id}
                onClick={() => {
                  setCode(code);
                  onPick();
                }}
              >
                {title}
                <code>{code.split("\n").at(-1)}</code>
              </button>
            </li>
          ))}
        </ul>
      </Popover>
    </>
  );
}
