/**
 * What is printed is the page as it is on the screen, made as small as the paper is wide. A figure
 * can't be drawn anew for a paper: the browser asks for it when it is too late.
 */

/** Of A4 and letter, in CSS pixels, less the usual margins. */
const PAPER = 700;

/** Answers that are folded on the screen: on paper nobody can unfold them. */
const FOLDED = "details.answer:not([open]), details.shown:not([open])";

/** Call once. */
export function preparePrinting(): void {
  const { style } = document.documentElement;
  window.addEventListener("beforeprint", () => {
    const { clientWidth } = document.documentElement;
    style.setProperty("--screen-width", `${clientWidth}px`);
    style.setProperty("--print-zoom", String(Math.min(1, PAPER / clientWidth)));
    unfold(document.querySelectorAll<HTMLDetailsElement>(FOLDED));
  });
}

function unfold(answers: Iterable<HTMLDetailsElement>): void {
  const opened = [...answers];
  opened.forEach((one) => (one.open = true));
  const fold = () => opened.forEach((one) => (one.open = false));
  window.addEventListener("afterprint", fold, { once: true });
}
