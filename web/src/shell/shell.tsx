/** Around every view: the header with the navigation, what Python is doing, and notices. */
import { useRef } from "preact/hooks";
import { notices, view } from "../address/address";
import { writeHash } from "../address/hash";
import { bytes } from "../format";
import { offline } from "../offline/updates";
import { startPython, status } from "../python/client";
import { waiting } from "../python/status";
import { StopBusy, busyWith } from "../ui/busy";
import { views } from "../views";
import type { View } from "../views/view";
import { Place } from "./place";
import { Unkept } from "./unkept";
import { UpdateNotice } from "./updatenotice";

export function Shell() {
  const main = useRef<HTMLElement>(null);
  const current = views.find(({ settings }) => settings.view === view.value) ?? views[0];
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
          <a class="brand" href="#/start">
            MiniTorch
          </a>
          <Navigation current={current} />
          <PythonStatus />
        </div>
        <LoadingBar />
      </header>
      <main id="content" ref={main} tabIndex={-1}>
        <PythonAlert />
        <Notices />
        <Unkept />
        <Place of={current} main={main} />
      </main>
      <UpdateNotice />
    </>
  );
}

function Navigation({ current }: { current: View }) {
  return (
    <nav aria-label="Main">
      <ul>
        {views.map((one) => (
          <li key={one.title}>
            <a href={writeHash(one.settings)} aria-current={one === current ? "page" : undefined}>
              {one.title}
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
  const about = info && `Python ${info.python}, minitorch ${info.library.version}`;
  const amount = phase === "loading" && loaded ? ` · ${bytes(loaded, total)}` : "";
  const running = phase === "busy" ? busyWith() : null;
  const doing = running && (running.hangs ? "Python hangs" : `Running ${running.what}`);
  return (
    <div class="python-line">
      <p
        class={`python python-${phase}`}
        role="status"
        aria-label="Python"
        aria-live={phase === "loading" ? "off" : "polite"}
        title={about ? `${about}. ${OFFLINE[offline.value]}` : undefined}
      >
        {waiting.value ? "Fetching more of Python’s standard library" : (doing ?? text)}
        {amount && <span class="python-amount">{amount}</span>}
      </p>
      {running && <StopBusy running={running} />}
    </div>
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
