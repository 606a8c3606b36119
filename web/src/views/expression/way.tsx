/** The way of a descent, drawn: the result after each step, and where the inputs went. */
import { useRef } from "preact/hooks";
import type { Spot } from "../../graph/descent";
import { Axes } from "../../plot/axes";
import { bounds, pathOf, place, type Point, type Scale } from "../../plot/scale";
import { useSize } from "../../plot/size";

const EDGE = { left: 58, right: 14, top: 12, bottom: 30 };
/** Of one input a short piece of the curve is known at each place: its slope. Its length, in pixels. */
const PIECE = 34;

interface Props {
  path: readonly Spot[];
  held: ReadonlySet<string>;
}

export function Way({ path, held }: Props) {
  const names = Object.keys(path[0]?.at ?? {}).filter((name) => !held.has(name));
  const [first, second] = names;
  const results = path.map(({ value }, i) => ({ x: i, y: value }));
  const along = (name: string) => path.map(({ at }) => at[name] ?? NaN);
  const values = path.map(({ value }) => value);
  return (
    <div class="way">
      <Picture title="The result after each step" points={results} fromZero />
      {first !== undefined && second === undefined && (
        <Picture
          title={`The result by ${first}, with its slopes`}
          points={points(along(first), values)}
          slopes={path.map(({ slopes }) => slopes[first] ?? NaN)}
        />
      )}
      {first !== undefined && second !== undefined && names.length === 2 && (
        <Picture
          title={`Where ${first} (to the right) and ${second} (up) went`}
          points={points(along(first), along(second))}
        />
      )}
    </div>
  );
}

const points = (xs: readonly number[], ys: readonly number[]): Point[] =>
  xs.map((x, i) => ({ x, y: ys[i] ?? NaN }));

interface PictureProps {
  title: string;
  points: readonly Point[];
  slopes?: readonly number[];
  /** Whether the places to the right are counted from 0. */
  fromZero?: boolean;
}

function Picture({ title, points, slopes = [], fromZero = false }: PictureProps) {
  const drawn = useRef<SVGSVGElement>(null);
  const { width, height } = useSize(drawn).value;
  const xs = points.map(({ x }) => x).filter(Number.isFinite);
  const [left, right] = fromZero ? [0, Math.max(...xs, 1)] : bounds(xs);
  const [low, high] = bounds(points.map(({ y }) => y));
  const x: Scale = { from: left, to: right, start: EDGE.left, end: width - EDGE.right };
  const y: Scale = { from: low, to: high, start: height - EDGE.bottom, end: EDGE.top };
  const inside = { x: x.start, y: y.end, width: x.end - x.start, height: y.start - y.end };
  const seen = points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
  const last = seen.at(-1);
  return (
    <figure>
      <figcaption class="small">{title}</figcaption>
      <svg ref={drawn} class="way-drawing" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <Axes x={x} y={y} />
        <svg {...inside} viewBox={Object.values(inside).join(" ")}>
          {points.map((point, i) => (
            <path key={i} class="slope-piece" d={piece(point, slopes[i], x, y)} />
          ))}
          <path class="track" d={pathOf(points, x, y)} />
          {seen.map((point, i) => (
            <circle key={i} class="spot" cx={place(x, point.x)} cy={place(y, point.y)} r={3} />
          ))}
        </svg>
        {last && <circle class="dot" cx={place(x, last.x)} cy={place(y, last.y)} r={6} />}
      </svg>
    </figure>
  );
}

/** A short line through a point, as steep as the curve is there. */
function piece(point: Point, slope: number | undefined, x: Scale, y: Scale): string {
  if (slope === undefined || !Number.isFinite(slope) || !Number.isFinite(point.y)) return "";
  const perX = (x.end - x.start) / (x.to - x.from);
  const perY = (y.end - y.start) / (y.to - y.from);
  const [right, up] = [perX, perY * slope];
  const scale = PIECE / 2 / (Math.hypot(right, up) || 1);
  const [cx, cy] = [place(x, point.x), place(y, point.y)];
  return `M${cx - right * scale} ${cy - up * scale}L${cx + right * scale} ${cy + up * scale}`;
}
