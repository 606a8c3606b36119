/** Views are fetched when they are opened for the first time, and kept. */
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { views } from "../views";

/** "failed": the network didn't bring it. Nothing at all as long as nobody has asked for it. */
export type ViewState = ComponentType | "loading" | "failed" | undefined;

const states = signal<Readonly<Record<string, ViewState>>>({});

/** What has become of the view of this name in the address. */
export function stateOf(name: string): ViewState {
  return states.value[name];
}

/** Fetches a view, unless it is there or on its way. Resolves in any case. */
export async function openView(name: string): Promise<void> {
  const view = views.find(({ settings }) => settings.view === name);
  const before = states.peek()[name];
  if (!view || (before && before !== "failed")) return;
  const become = (state: ViewState) => {
    states.value = { ...states.peek(), [name]: state };
  };
  become("loading");
  try {
    become(await view.load());
  } catch {
    become("failed");
  }
}
