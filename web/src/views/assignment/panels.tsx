/** Panels side by side; where there is no room for that, one at a time, chosen by tabs. */
import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { moveAlongTabs } from "./tabs";

interface Props {
  open: Signal<string>;
  panels: Record<string, ComponentChildren>;
}

export function Panels({ open, panels }: Props) {
  const names = Object.keys(panels);
  return (
    <>
      <div role="tablist" aria-label="Panels" class="panel-tabs" onKeyDown={moveAlongTabs}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`panel-tab-${name}`}
            aria-selected={open.value === name}
            tabIndex={open.value === name ? 0 : -1}
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
            role="tabpanel"
            aria-labelledby={`panel-tab-${name}`}
            class={open.value === name ? "panel is-open" : "panel"}
          >
            {panels[name]}
          </div>
        ))}
      </div>
    </>
  );
}
