/** Waiting until something can be seen: on a phone most of a view lies below the screen. */

/** Calls `then` once, when the element can be seen; returns a function that calls it off. */
export function whenSeen(element: Element, then: () => void): () => void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    then();
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/** Calls `then` at once, for what somebody has asked for. */
export function atOnce(_element: Element, then: () => void): () => void {
  then();
  return () => {};
}
