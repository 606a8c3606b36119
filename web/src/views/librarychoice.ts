/** The choice between our library and the learner's, as the settings of a view have it. */
import { choice } from "../address/table";

export const libraryChoice = choice("Library", ["reference", "yours"], {
  initial: "reference",
  isRare: true,
  names: { reference: "Reference", yours: "Yours" },
  hints: { reference: "the page’s own", yours: "what you wrote" },
});
