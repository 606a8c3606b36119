/** A popover that is open for as long as somebody rests on what it explains. */

/** Who only passes by sees nothing. */
const HOVER_MS = 250;
const FOCUS_MS = 700;
/** Long enough to get from the button into the bubble. */
const LEAVE_MS = 200;

/** Opens `bubble`, which is inside `of`, while a mouse rests on either; returns what ends that. */
export function whileHovered(of: HTMLElement, bubble: HTMLElement): () => void {
  const waiting = new Waiting(bubble);
  const leaving = new AbortController();
  const on = (kind: "pointerenter" | "pointerleave" | "click", then: (event: Event) => void) =>
    of.addEventListener(kind, then, { signal: leaving.signal });
  on("pointerenter", (event) => isMouse(event) && waiting.open(HOVER_MS));
  on("pointerleave", (event) => isMouse(event) && waiting.close(LEAVE_MS));
  // It has been asked for: now it stays until something else is pressed.
  on("click", () => waiting.forget());
  return () => {
    leaving.abort();
    waiting.forget();
  };
}

/** Opens `bubble` when the keyboard comes to `control` and rests there. */
export function whileFocused(control: HTMLElement, bubble: HTMLElement): () => void {
  const waiting = new Waiting(bubble);
  const leaving = new AbortController();
  const { signal } = leaving;
  // The key that brings the focus here is let go here.
  const onKeyUp = ({ key }: KeyboardEvent) => key === "Tab" && waiting.open(FOCUS_MS);
  control.addEventListener("keyup", onKeyUp, { signal });
  for (const kind of ["keydown", "blur", "pointerdown"]) {
    control.addEventListener(kind, () => waiting.close(0), { signal });
  }
  return () => {
    leaving.abort();
    waiting.forget();
  };
}

function isMouse(event: Event): boolean {
  return (event as PointerEvent).pointerType === "mouse";
}

class Waiting {
  private timer = 0;
  /** Whether it is open because of this. */
  private isMine = false;

  constructor(private readonly bubble: HTMLElement) {}

  open(after: number): void {
    this.wait(after, () => {
      if (this.isOpen) return;
      this.bubble.showPopover();
      this.isMine = true;
    });
  }

  close(after: number): void {
    this.wait(after, () => {
      if (this.isMine && this.isOpen) this.bubble.hidePopover();
      this.isMine = false;
    });
  }

  forget(): void {
    clearTimeout(this.timer);
    this.isMine = false;
  }

  private get isOpen(): boolean {
    return this.bubble.matches(":popover-open");
  }

  private wait(milliseconds: number, then: () => void): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.bubble.isConnected && then(), milliseconds);
  }
}
