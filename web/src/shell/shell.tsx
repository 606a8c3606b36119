/** Around every view: the header with the navigation, what Python is doing, and notices. */
import { useEffect, useRef } from "preact/hooks";
import { hrefOf, notices, view } from "../address/address";
import { startPython, status } from "../python/client";
import type { View } from "../address/settings";
import { bytes } from "../format";
import { UpdateNotice } from "./updatenotice";
import { offline } from "../offline/updates";
import { ExpressionView } from "../views/expression/view";
import { TrainView } from "../views/train/view";
import { Unkept } from "./unkept";

interface Page {
  title: string;
  Content(): preact.JSX.Element;
}

const pages: Record<View, Page> = {
  train: { title: "Train", Content: TrainView },
  expression: { title: "Expression", Content: ExpressionView },
};

export function Shell() {
  const main = useRef<HTMLElement>(null);
  const { title, Content } = pages[view.value];
  useViewChange(main, title);
  return (
    <>
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          // The hash is the address of the view: the jump is made without it.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <header class="top">
        <div class="top-inner">
          <span class="brand">MiniTorch</span>
          <Navigation />
          <PythonStatus />
        </div>
        <LoadingBar />
      </header>
      <main id="content" ref={main} tabIndex={-1}>
        <PythonAlert />
        <Notices />
        <Unkept />
        <Content key={view.value} />
      </main>
      <UpdateNotice />
    </>
  );
}

/** A new view has a title of its own, and readers of the screen begin at its heading. */
function useViewChange(main: { current: HTMLElement | null }, title: string): void {
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${title} · MiniTorch`;
    if (!isFirst.current) {
      window.scrollTo(0, 0);
      main.current?.querySelector("h1")?.focus({ preventScroll: true });
    }
    isFirst.current = false;
  }, [title]);
}

function Navigation() {
  return (
    <nav aria-label="Main">
      <ul>
        {(Object.keys(pages) as View[]).map((name) => (
          <li key={name}>
            <a href={hrefOf(name)} aria-current={name === view.value ? "page" : undefined}>
              {pages[name].title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const OFFLINE = {
  unknown: "This page is being stored, to work offline.",
  ready: "This page works offline.",
  refused: "This page needs the network: nothing could be stored.",
};

function PythonStatus() {
  const { phase, text, loaded, total, info } = status.value;
  const about = info && `Python ${info.python}, minitorch ${info.minitorch}`;
  const amount = phase === "loading" && loaded ? ` · ${bytes(loaded, total)}` : "";
  return (
    <p
      class={`python python-${phase}`}
      role="status"
      aria-label="Python"
      aria-live={phase === "loading" ? "off" : "polite"}
      title={about ? `${about}. ${OFFLINE[offline.value]}` : undefined}
    >
      {text}
      {amount}
    </p>
  );
}

/** A thin line under the header, as wide as what has arrived; it takes no room of its own. */
function LoadingBar() {
  const { phase, loaded, total } = status.value;
  const share = phase === "loading" && loaded && total ? Math.min(1, loaded / total) : 0;
  return <div class="loading-bar" aria-hidden="true" style={{ transform: `scaleX(${share})` }} />;
}

function PythonAlert() {
  const { phase, text } = status.value;
  if (phase !== "failed") return null;
  return (
    <div class="alert banner" role="alert">
      <p>{text}</p>
      <button type="button" onClick={startPython}>
        Start again
      </button>
    </div>
  );
}

function Notices() {
  if (notices.value.length === 0) return null;
  return (
    <div class="notice banner" role="status" aria-label="Notice">
      <div>
        {notices.value.map((sentence, i) => (
          <p key={i}>{sentence}</p>
        ))}
      </div>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          notices.value = [];
        }}
      >
        Dismiss
      </button>
    </div>
  );
}
