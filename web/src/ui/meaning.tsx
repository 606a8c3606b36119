/** What a word of the course means: the sentence that the guides give for it, too. */
import glossary from "../../content/glossary.json";

export function Meaning({ of }: { of: keyof typeof glossary }) {
  return <>{glossary[of]}</>;
}
