/** What a form does with its fields: it takes them, or says which of them holds it up. */
import type { Settings } from "../address/settings";
import type { Table } from "../address/table";
import { listed } from "../format";

/**
 * A handler for a form, or a button in it, that acts on the settings: what is typed is taken first.
 * What can't be taken calls it off, and gets the focus.
 */
export function takeFirst<T extends Table>(of: Settings<T>, act: () => void) {
  return (event: Event) => {
    event.preventDefault();
    if (of.take()) return act();
    const form = (event.currentTarget as HTMLElement).closest("form");
    const field = form?.elements.namedItem(of.refused.value[0] ?? "");
    if (field instanceof HTMLElement) field.focus();
  };
}

/** Attributes of a button that acts on the settings: while a field holds it up, it says why. */
export function heldUpBy<T extends Table>(of: Settings<T>, reason: string) {
  const isHeldUp = of.refused.value.length > 0;
  return { "aria-disabled": isHeldUp, "aria-describedby": isHeldUp ? reason : undefined };
}

/** The reason why such buttons wait, to stand beside them. */
export function HeldUp<T extends Table>({ of, id }: { of: Settings<T>; id: string }) {
  const labels = of.refused.value.map((key) => (of.table[key] as { label: string }).label);
  if (labels.length === 0) return null;
  return (
    <p class="held-up" id={id}>
      {listed(labels)} {labels.length > 1 ? "need other values" : "needs another value"} first.
    </p>
  );
}
