/** The axes of a drawing: a grid, numbers at its edges, and the two lines through 0. */
import { float } from "../format";
import { place, ticks, type Scale } from "./scale";

interface Props {
  x: Scale;
  y: Scale;
  /** How a number at an edge is written. */
  write?: (value: number) => string;
}

export function Axes({ x, y, write = short }: Props) {
  const [left, right] = [x.start, x.end];
  const [bottom, top] = [y.start, y.end];
  return (
    <g class="axes" aria-hidden="true">
      {ticks(x.from, x.to).map((value) => (
        <g key={`x${value}`}>
          <line class={value === 0 ? "zero" : ""} {...upright(place(x, value), bottom, top)} />
          <text x={place(x, value)} y={bottom + 18} text-anchor="middle">
            {write(value)}
          </text>
        </g>
      ))}
      {ticks(y.from, y.to, 5).map((value) => (
        <g key={`y${value}`}>
          <line class={value === 0 ? "zero" : ""} {...level(place(y, value), left, right)} />
          <text x={left - 8} y={place(y, value) + 4} text-anchor="end">
            {write(value)}
          </text>
        </g>
      ))}
    </g>
  );
}

const upright = (x: number, y1: number, y2: number) => ({ x1: x, x2: x, y1, y2 });
const level = (y: number, x1: number, x2: number) => ({ x1, x2, y1: y, y2: y });

function short(value: number): string {
  return Number.isInteger(value) ? String(value).replace("-", "−") : float(value, 3);
}
