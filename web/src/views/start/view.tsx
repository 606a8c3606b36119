/** The first page: one thing to touch, and three doors. It needs no Python. */
import type { ComponentChildren } from "preact";
import { float } from "../../format";
import { Curve } from "../../plot/curve";
import { reading } from "../reading";

export function StartView() {
  const { last, read } = reading.value;
  return (
    <div class="start">
      <header class="view-head">
        <h1 tabIndex={-1}>If I change this a little, how much does that change?</h1>
        <p class="lede">
          The answer is a <b>derivative</b>, and it is how neural networks learn. Here you find out
          how a program can find derivatives by itself, which is called{" "}
          <b>automatic differentiation</b>: you move things, read, and write it yourself in Python.
          Everything runs in this page, and nothing is installed.
        </p>
      </header>
      <Curve
        name="Move x, and watch the slope"
        heading="h2"
        f="sin(2 * x) + x / 2"
        from={-3}
        to={3}
        at={0.4}
        tangent
        words={inWords}
      />
      {last && (
        <p class="go-on">
          You were at <a href={last.href}>{last.title}</a>.
        </p>
      )}
      <ul class="doors">
        <Door href="#/guides/derivatives" title="Learn" end={readSoFar(read.length)}>
          Begin here: four guides, from what a slope is to how a network learns. You need Python, and
          no calculus.
        </Door>
        <Door href="#/assignment/1.1" title="Do the assignment" end="Tasks 1.1 to 1.5">
          Module 1 of the MiniTorch course: write the missing code in this page, and real tests tell
          you whether it is right.
        </Door>
        <Door href="#/train" title="Play" end="Train · Expression · Functions">
          Train a small network and watch it learn to tell points apart, type{" "}
          <a href="#/expression">an expression</a> and follow its derivatives back, or look closely at{" "}
          <a href="#/functions">one function</a>.
        </Door>
      </ul>
      <p class="small">
        For students of MiniTorch, for people who teach themselves, and for teachers: every view has
        a link of its own. What you write stays in this browser.
      </p>
    </div>
  );
}

/** What a derivative does here, for those who have never met one. */
function inWords(x: number, height: number, slope: number): string {
  const step = 0.01;
  const change = `${slope < 0 ? "down" : "up"} by about ${float(Math.abs(slope * step), 2)}`;
  return (
    `x is ${float(x, 3)}, the height ${float(height, 3)}, the slope ${float(slope, 3)}. So if x ` +
    `grows by ${step}, the height goes ${Math.abs(slope) < 0.05 ? "hardly anywhere" : change}.`
  );
}

function readSoFar(guides: number): string {
  return guides === 0 ? "About an hour" : `${guides} of 4 read`;
}

interface DoorProps {
  href: string;
  title: string;
  end: string;
  children: ComponentChildren;
}

function Door({ href, title, end, children }: DoorProps) {
  return (
    <li class="card door">
      <h2>
        <a href={href}>{title}</a>
      </h2>
      <p>{children}</p>
      <p class="small">{end}</p>
    </li>
  );
}
