/** What a network has learned, as a picture: the plane as it sees it, with the points on it. */
import { blend, type Theme } from "../../figures/theme";
import type { Boundary, Points } from "../../protocol/training";
import { contour, refine } from "../../training/contour";

const SHADES = 64;
/** Pixels along a side of the plane; the browser smooths them. */
const FINE = 128;

/** A place in the unit square, in pixels of the picture. */
type At = (x1: number, x2: number) => [number, number];

/** Draws on the whole canvas, which is square; what is not known yet is left out. */
export function draw(
  canvas: HTMLCanvasElement,
  boundary: Boundary | null,
  points: Points | null,
  colors: Theme,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { width } = canvas;
  const at: At = (x1, x2) => [x1 * width, (1 - x2) * width];
  context.fillStyle = colors["half-soft"];
  context.fillRect(0, 0, width, width);
  if (boundary) {
    drawPlane(context, boundary, colors, width);
    drawLine(context, boundary, colors, at);
  }
  if (points) drawPoints(context, points, colors, at);
}

function drawPlane(
  context: CanvasRenderingContext2D,
  boundary: Boundary,
  colors: Theme,
  width: number,
): void {
  const { side, values } = refine(boundary, Math.max(1, Math.round(FINE / boundary.side)));
  const palette = [
    ...blend(colors["zero-soft"], colors["half-soft"], SHADES),
    ...blend(colors["half-soft"], colors["one-soft"], SHADES),
  ];
  const plane = document.createElement("canvas");
  plane.width = plane.height = side;
  const pixels = plane.getContext("2d");
  if (!pixels) return;
  values.forEach((value, k) => {
    const shade = Math.min(palette.length - 1, Math.max(0, Math.floor(value * palette.length)));
    pixels.fillStyle = palette[shade] ?? colors["half-soft"];
    pixels.fillRect(k % side, side - 1 - Math.floor(k / side), 1, 1);
  });
  context.drawImage(plane, 0, 0, width, width);
}

function drawLine(
  context: CanvasRenderingContext2D,
  boundary: Boundary,
  colors: Theme,
  at: At,
): void {
  const { xs, ys } = contour(boundary);
  context.strokeStyle = colors.ink;
  context.lineWidth = context.canvas.width / 150;
  context.lineJoin = "round";
  xs.forEach((line, i) => {
    context.beginPath();
    line.forEach((x, k) => context.lineTo(...at(x, ys[i]?.[k] ?? 0)));
    context.stroke();
  });
}

/** Shape and colour both tell the label, as in all pictures of points. */
function drawPoints(
  context: CanvasRenderingContext2D,
  { x1, x2, label }: Points,
  colors: Theme,
  at: At,
): void {
  const radius = context.canvas.width / 50;
  context.strokeStyle = colors.surface;
  context.lineWidth = radius / 4;
  label.forEach((one, i) => {
    const [x, y] = at(x1[i] ?? 0, x2[i] ?? 0);
    context.beginPath();
    if (one) context.arc(x, y, radius, 0, 2 * Math.PI);
    else for (const [dx, dy] of TRIANGLE) context.lineTo(x + dx * radius, y + dy * radius);
    context.closePath();
    context.fillStyle = one ? colors.one : colors.zero;
    context.fill();
    context.stroke();
  });
}

const TRIANGLE: [number, number][] = [
  [0, -1.2],
  [1.1, 0.8],
  [-1.1, 0.8],
];
