/** The place of the view in the page: empty while it is fetched, and never for long. */
import { useEffect, useRef, useState } from "preact/hooks";
import { markPlace } from "../views/reading";
import type { View } from "../views/view";
import { openView, stateOf, type ViewState } from "./opening";

/** A view that comes sooner needs no words. */
const PATIENCE_MS = 400;

interface Props {
  of: View;
  main: { current: HTMLElement | null };
}

export function Place({ of: { title, settings }, main }: Props) {
  const state = stateOf(settings.view);

  useEffect(() => void openView(settings.view), [settings.view]);
  useViewChange(main, title, state);
  useEffect(() => rememberPlace(title, settings), [title, settings, settings.values.value]);

  if (state === "failed") return <Failed title={title} name={settings.view} />;
  if (state === "loading" || !state) return <Loading key={settings.view} title={title} />;
  const Content = state;
  return <Content key={settings.view} />;
}

/** What the first page offers to go back to; a guide says more of where one is by itself. */
function rememberPlace(title: string, { view, tail, values }: View["settings"]): void {
  if (view === "start" || view === "guides") return;
  const at = tail === null ? "" : String((values.value as Record<string, unknown>)[tail]);
  markPlace(at ? `#/${view}/${at}` : `#/${view}`, at ? `${title} ${at}` : title);
}

/** A new view has a title of its own, and readers of the screen begin at its heading. */
function useViewChange(main: Props["main"], title: string, state: ViewState): void {
  const isFirst = useRef(true);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    document.title = `${title} · MiniTorch`;
    before.current = document.activeElement;
    if (!isFirst.current) window.scrollTo(0, 0);
  }, [title]);
  useEffect(() => {
    if (state === "loading" || !state) return;
    // Who has gone elsewhere while it was fetched is left there.
    const hasWaited = [before.current, document.body].includes(document.activeElement);
    if (!isFirst.current && hasWaited) {
      main.current?.querySelector("h1")?.focus({ preventScroll: true });
    }
    isFirst.current = false;
  }, [title, state]);
}

function Loading({ title }: { title: string }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="view-loading" role="status" aria-label="View">
      {isLate && `${title} is on its way …`}
    </p>
  );
}

function Failed({ title, name }: { title: string; name: string }) {
  return (
    <div class="alert banner" role="alert">
      <p>{title} could not be fetched: is there a network? Nothing of yours is lost.</p>
      <button type="button" onClick={() => void openView(name)}>
        Try again
      </button>
    </div>
  );
}
