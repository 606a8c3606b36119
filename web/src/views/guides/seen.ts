/** Calls `then` once the element comes into sight; what it returns calls that off. */
export function whenSeen(element: Element | null, then: () => void): () => void {
  if (!element) return () => undefined;
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    then();
  });
  observer.observe(element);
  return () => observer.disconnect();
}
