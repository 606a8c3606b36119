/** The Guides view: a text to read, with parts that move. */
import { signal } from "@preact/signals";
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { writeHash } from "../../address/hash";
import { markPlace, markRead, reading } from "../reading";
import { fetchGuides, type Guide } from "./fetch";
import { settings, type GuideName } from "./settings";
import { livePart } from "./live";
import { whenSeen } from "./seen";

const fetched = signal<readonly Guide[] | null>(null);
const failure = signal("");

async function open(): Promise<void> {
  failure.value = "";
  try {
    fetched.value = await fetchGuides();
  } catch (error) {
    failure.value = (error as Error).message;
  }
}

export function GuidesView() {
  useEffect(() => void open(), []);
  const all = fetched.value;
  const guide = all?.find(({ name }) => name === settings.values.value.guide);
  if (failure.value) {
    return (
      <div class="alert" role="alert">
        <p>{failure.value}</p>
        <button type="button" onClick={() => void open()}>
          Try again
        </button>
      </div>
    );
  }
  if (!all || !guide) return <h1 tabIndex={-1}>Guides</h1>;
  return (
    <div class="guides">
      <Contents all={all} current={guide} />
      <Article key={guide.name} guide={guide} all={all} />
    </div>
  );
}

const hrefOf = (guide: GuideName, part = "") => writeHash(settings, { guide, part });

function Contents({ all, current }: { all: readonly Guide[]; current: Guide }) {
  return (
    <nav class="guide-list" aria-label="Guides">
      <ol>
        {all.map(({ name, title, minutes }) => (
          <li key={name}>
            <a href={hrefOf(name)} aria-current={name === current.name ? "page" : undefined}>
              {title}
            </a>
            <span class="small">
              {reading.value.read.includes(name) ? "read" : `${minutes} minutes`}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Article({ guide, all }: { guide: Guide; all: readonly Guide[] }) {
  const text = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLElement>(null);
  useEffect(() => (text.current ? bringToLife(text.current, guide.name) : undefined), [guide]);
  useEffect(() => markPlace(hrefOf(guide.name), `Guide: ${guide.title}`), [guide]);
  useEffect(() => whenSeen(end.current, () => markRead(guide.name)), [guide]);
  const { part } = settings.values.value;
  useEffect(() => goTo(text.current, part), [part, guide]);
  const titleOf = (name: GuideName) => all.find((one) => one.name === name)?.title;
  return (
    <article class="guide">
      <h1 tabIndex={-1}>{guide.title}</h1>
      <p class="lede">{guide.description}</p>
      <div ref={text} dangerouslySetInnerHTML={{ __html: guide.html }} />
      <nav class="guide-ends" ref={end} aria-label="Before and after">
        {guide.previous && <a href={hrefOf(guide.previous)}>← {titleOf(guide.previous)}</a>}
        <a href={`#/assignment/${guide.task}`}>Task {guide.task}</a>
        {guide.next && <a href={hrefOf(guide.next)}>{titleOf(guide.next)} →</a>}
      </nav>
    </article>
  );
}

/** Puts live parts where the text has room for them; returns what takes them out again. */
function bringToLife(text: HTMLElement, name: GuideName): () => void {
  for (const link of text.querySelectorAll<HTMLAnchorElement>("a.here")) {
    link.href = hrefOf(name, link.hash.slice(1));
  }
  const places = [...text.querySelectorAll<HTMLElement>("[data-live]")];
  for (const place of places) {
    const { live = "", options = "{}" } = place.dataset;
    place.replaceChildren();
    render(livePart(live, JSON.parse(options) as Record<string, unknown>), place);
  }
  return () => places.forEach((place) => render(null, place));
}

function goTo(text: HTMLElement | null, part: string): void {
  const heading = part && text?.querySelector<HTMLElement>(`#${CSS.escape(part)}`);
  if (!heading) return;
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}
