/** Programs of the learner’s, one after the other in one Python. */

export interface ProgramsCalls {
  /** What the programs until now have left behind, in words: nothing, if another may follow. */
  leftovers: { args: []; told: never; answer: string[] };
}
