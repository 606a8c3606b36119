/** A button that opens a list of examples; picking one fills the editor and runs it. */
import { useId, useRef } from "preact/hooks";
import { Popover } from "../../ui/popover";
import { examples, hrefOf, take, type Example } from "./examples";

/** `onPick`: an example of ours is in the editor, to be run. */
export function ExampleMenu({ onPick }: { onPick(): void }) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const pick = (event: MouseEvent, example: Example) => {
    // In a window of its own it is a link like any other: it waits for Run there.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    document.getElementById(id)?.hidePopover();
    take(example);
    onPick();
  };
  return (
    <>
      <button ref={button} type="button" popoverTarget={id}>
        Examples
      </button>
      <Popover id={id} anchor={button} class="menu">
        <ul>
          {examples.map((example) => (
            <li key={example.title}>
              <a href={hrefOf(example)} onClick={(event) => pick(event, example)}>
                {example.title}
                <code>{example.code.split("\n").at(-1)}</code>
              </a>
            </li>
          ))}
        </ul>
      </Popover>
    </>
  );
}
