/** What the words of this view mean, in those of the course. */
import { Meaning } from "../../ui/meaning";

export const words = {
  function: (
    <p>
      The functions that the course tests with, <b>MathTest</b>, or your own: any Python that defines{" "}
      <code>f(x)</code> or <code>f(x, y)</code>, or an expression of x and y. Beside what Scalars can
      do there are <code>sin</code> and <code>cos</code>.
    </p>
  ),
  library: (
    <p>
      Which <b>minitorch</b> makes the Scalars, and whose <code>central_difference</code> it is.{" "}
      <b>Yours</b> is what you have written in the Assignment.
    </p>
  ),
  curve: (
    <p>
      The function’s value for each x. Drag the point. The <b>tangent</b> is as steep as the derivative
      that the backward pass finds; the <b>secant</b> goes through two points of the curve, epsilon
      apart.
    </p>
  ),
  surface: (
    <p>
      The function’s value for each x and y, as a colour: blue is low, orange high. Drag the point.
    </p>
  ),
  derivative: (
    <p>
      How steep the function is, for each x: by the backward pass as a line, and by{" "}
      <b>central differences</b> with the course’s epsilon, 1e−6, as crosses. The large cross is the
      one with your epsilon.
    </p>
  ),
  partial: (
    <p>
      How fast the value grows when this argument grows and the other stays: blue where it falls,
      orange where it rises.
    </p>
  ),
  error: (
    <p>
      How far the central difference is from what the backward pass finds, for each epsilon. On the
      right the secant misses the curve’s bend: <b>truncation</b>. On the left the two values agree in
      nearly all their digits: <b>rounding</b>.
    </p>
  ),
  point: <p>Where the point is. The arrow keys move it, and dragging it in the figure.</p>,
  epsilon: (
    <p>
      <Meaning of="epsilon" /> A <b>central difference</b>: <Meaning of="central difference" /> The
      course’s epsilon is 1e−6.
    </p>
  ),
  table: (
    <p>
      The slope at the point, found twice: the <b>derivative</b> by the backward pass, the{" "}
      <b>central difference</b> by trying. The <b>error</b> is how far apart they are.
    </p>
  ),
};
