/** Epochs a second over the last second or so: steady to read, quick to follow. */
export function meter(
  now: () => number = () => performance.now(),
): (epoch: number) => number | null {
  const WINDOW = 1500;
  const seen: { time: number; epoch: number }[] = [];
  return (epoch) => {
    const time = now();
    seen.push({ time, epoch });
    while (seen.length > 2 && time - (seen[0]?.time ?? time) > WINDOW) seen.shift();
    const first = seen[0];
    if (!first || time - first.time < 200) return null;
    return ((epoch - first.epoch) * 1000) / (time - first.time);
  };
}
