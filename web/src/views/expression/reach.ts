/** How far a slider goes to either side: 5, or the next of 10, 20, 50, 100, … that has the value. */
export function reachOf(value: number): number {
  const size = Math.abs(value);
  if (size <= 5) return 5;
  const power = 10 ** Math.floor(Math.log10(size));
  const reach = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= size);
  return reach ?? 10 * power;
}
