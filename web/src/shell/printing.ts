/**
 * What is printed is the page as it is on the screen, made as small as the paper is wide. A figure
 * can't be drawn anew for a paper: the browser asks for it when it is too late.
 */

/** Of A4 and letter, in CSS pixels, less the usual margins. */
const PAPER = 700;

/** Call once. */
export function preparePrinting(): void {
  const { style } = document.documentElement;
  window.addEventListener("beforeprint", () => {
    const { clientWidth } = document.documentElement;
    style.setProperty("--screen-width", `${clientWidth}px`);
    style.setProperty("--print-zoom", String(Math.min(1, PAPER / clientWidth)));
  });
}
