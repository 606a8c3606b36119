/** The epsilons of a central difference that can be chosen: 1, 2 and 5 of each power of ten. */

const [SMALLEST, LARGEST] = [-16, 1];

export const EPSILONS: readonly number[] = Array.from({ length: LARGEST - SMALLEST }, (_, i) =>
  [1, 2, 5].map((one) => Number(`${one}e${SMALLEST + i}`)),
)
  .flat()
  .concat(10 ** LARGEST);

/** The one that the course uses. */
export const USUAL = EPSILONS.indexOf(1e-6);

/** The index of the nearest of them, as seen on a slider of powers of ten. */
export function nearestEpsilon(wanted: number): number {
  const off = (epsilon: number) => Math.abs(Math.log(epsilon / wanted));
  return EPSILONS.reduce((best, one, i) => (off(one) < off(EPSILONS[best]!) ? i : best), 0);
}

/** "1e−6", "0.05" */
export function epsilonText(epsilon: number): string {
  return epsilon < 1e-3 ? epsilon.toExponential(0).replace("-", "−") : String(epsilon);
}
