/** Panels side by side; where there is no room for that, one at a time, chosen by tabs. */
import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

interface Props {
  open: Signal<string>;
  panels: Record<string, ComponentChildren>;
}

export function Panels({ open, panels }: Props) {
  const names = Object.keys(panels);
  return (
    <>
      <div role="tablist" aria-label="Panels" class="panel-tabs">
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={open.value === name}
            aria-controls={`panel-${name}`}
            onClick={() => (open.value = name)}
          >
            {name}
          </button>
        ))}
      </div>
      <div class="panels">
        {names.map((name) => (
          <div
            key={name}
            id={`panel-${name}`}
            class={open.value === name ? "panel is-open" : "panel"}
          >
            {panels[name]}
          </div>
        ))}
      </div>
    </>
  );
}
