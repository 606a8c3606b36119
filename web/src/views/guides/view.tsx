/** The Guides view: a text to read, with parts that move. */
import { signal } from "@preact/signals";
import { Component, type RefObject } from "preact";
import { createPortal } from "preact/compat";
import { useEffect, useRef, useState } from "preact/hooks";
import { writeHash } from "../../address/hash";
import { whenSeen } from "../../figures/seen";
import { openBeside } from "../../ui/popover";
import { markPlace, markRead, reading } from "../reading";
import { fetchGuides, type Guide } from "./fetch";
import { settings, type GuideName } from "./settings";
import { livePart } from "./live";

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
  const [parts, setParts] = useState<readonly LivePlace[]>([]);
  useEffect(() => text.current ? setParts(bringToLife(text.current, guide.name)) : undefined, [guide]);
  useEffect(() => text.current ? explainWords(text.current) : undefined, [guide]);
  useEffect(() => markPlace(hrefOf(guide.name), `Guide: ${guide.title}`), [guide]);
  useEffect(() => (end.current ? whenSeen(end.current, () => markRead(guide.name)) : undefined), [guide]);
  const { part } = settings.values.value;
  // Not before the live parts have taken their room.
  useEffect(() => goTo(text.current, part), [part, parts]);
  const titleOf = (name: GuideName) => all.find((one) => one.name === name)?.title;
  return (
    <article class="guide">
      <h1 tabIndex={-1}>{guide.title}</h1>
      <p class="lede">{guide.description}</p>
      <Text html={guide.html} place={text} />
      {parts.map(({ place, live, options }) => createPortal(livePart(live, options), place))}
      <nav class="guide-ends" ref={end} aria-label="Before and after">
        {guide.previous && <a href={hrefOf(guide.previous)}>← {titleOf(guide.previous)}</a>}
        <a href={`#/assignment/${guide.task}`}>Task {guide.task}</a>
        {guide.next && <a href={hrefOf(guide.next)}>{titleOf(guide.next)} →</a>}
      </nav>
    </article>
  );
}

/** The text is set once: what is alive in it stays when all around it is drawn anew. */
class Text extends Component<{ html: string; place: RefObject<HTMLDivElement | null> }> {
  override shouldComponentUpdate(): boolean {
    return false;
  }

  override render() {
    return <div ref={this.props.place as RefObject<HTMLDivElement>} dangerouslySetInnerHTML={{ __html: this.props.html }} />;
  }
}

interface LivePlace {
  place: HTMLElement;
  live: string;
  options: Record<string, unknown>;
}

/** Makes room where the text has live parts. They are all of one tree, so that ids are unique. */
function bringToLife(text: HTMLElement, name: GuideName): LivePlace[] {
  for (const link of text.querySelectorAll<HTMLAnchorElement>("a.here")) {
    link.href = hrefOf(name, link.hash.slice(1));
  }
  return [...text.querySelectorAll<HTMLElement>("[data-live]")].map((place) => {
    const { live = "", options = "{}" } = place.dataset;
    place.replaceChildren();
    const written = JSON.parse(options) as Record<string, unknown>;
    return { place, live, options: { ...written, guide: name } };
  });
}

/** What a word means stands beside it when it is pressed. */
function explainWords(text: HTMLElement): () => void {
  const stops = [...text.querySelectorAll<HTMLButtonElement>("button.word")].map((word) => {
    const bubble = word.popoverTargetElement;
    return bubble instanceof HTMLElement ? openBeside(bubble, () => word) : () => undefined;
  });
  return () => stops.forEach((stop) => stop());
}

function goTo(text: HTMLElement | null, part: string): void {
  const heading = part && text?.querySelector<HTMLElement>(`#${CSS.escape(part)}`);
  if (!heading) return;
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}
