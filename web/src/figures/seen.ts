/** Waiting until something comes near the screen: on a phone most of a view lies below it. */

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

/** The same for what has been asked for already. */
export function atOnce(_element: Element, then: () => void): () => void {
  then();
  return () => {};
}
