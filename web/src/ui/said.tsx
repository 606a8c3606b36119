/** Python's own words about a problem, for those who want them. */

export function Said({ text }: { text: string }) {
  if (text === "") return null;
  return (
    <details>
      <summary>What Python said</summary>
      <pre tabIndex={0} role="group" aria-label="What Python said">
        {text}
      </pre>
    </details>
  );
}
