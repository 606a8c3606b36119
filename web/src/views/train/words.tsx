/** The words of training, explained once, for the question marks beside them. */
import { Meaning } from "../../ui/meaning";

export const words = {
  dataset: (
    <p>
      How the points get their labels. <b>Simple</b> needs one straight line; <b>Xor</b> and{" "}
      <b>Circle</b> need a boundary that bends; <b>Spiral</b> is hard.
    </p>
  ),
  points: (
    <p>
      How many points there are to learn from. More points show the shape better, and make each
      epoch slower.
    </p>
  ),
  hidden: (
    <p>
      How many units each of the two layers in the middle has. More units can bend the boundary in
      more places; they also take longer.
    </p>
  ),
  rate: (
    <p>
      <Meaning of="learning rate" /> Too small and learning crawls; too large and it jumps past the
      answer.
    </p>
  ),
  epochs: (
    <p>
      <b>Epoch</b>: <Meaning of="epoch" /> This is how many epochs Train runs.
    </p>
  ),
  seed: (
    <p>
      Where the random numbers start: those of the points and of the untrained network. The same
      seed gives the same run; another seed, another one.
    </p>
  ),
  library: (
    <p>
      Which <b>minitorch</b> is trained with. <b>Reference</b> is the one that comes with the page.{" "}
      <b>Yours</b> is what you have written in the Assignment, with your own Network once there is
      one.
    </p>
  ),
  engine: (
    <p>
      How the numbers are computed. <b>Scalar by Scalar</b> makes a Python object for every addition
      and multiplication, at every point, in every epoch. <b>Compiled</b> lets your Scalars work
      once, writes down what they did, and turns that into a program for the processor: the same
      numbers, thousands of times as fast. You can change it in the middle of a run.
    </p>
  ),
  drawing: (
    <p>
      <b>Animated</b> slows the compiled engine down, so that you can watch the boundary bend: a run
      takes about two and a half seconds. <b>At the end</b> lets it go, and draws once.
    </p>
  ),
  noise: (
    <p>
      How far each point is moved at random, in hundredths of the square’s side. With noise, points of
      the two labels mix at the border.
    </p>
  ),
  heldOut: (
    <p>
      How many points in a hundred the network never learns from. They are drawn hollow. How it does
      on them says whether it has found the shape, or has only learned its points by heart.
    </p>
  ),
  point: (
    <p>
      For one point, the loss is a Scalar that was computed from the point’s coordinates and all
      parameters. <b>Automatic differentiation</b> goes back through that computation, by the chain
      rule, and finds the derivative of the loss with respect to each parameter. A step moves each
      parameter against the mean of its derivatives over all points.
    </p>
  ),
  code: (
    <p>
      The Python code of the network. Change it: another activation, a third layer, a connection that
      skips one. It is trained when you press <b>Use this model</b>, in a Python of its own.
    </p>
  ),
  boundary: (
    <p>
      For every place in the plane the network gives a number from 0 to 1. The colour shows that
      number; the dark line runs where it is 0.5, where the network can’t decide.
    </p>
  ),
  loss: (
    <p>
      <Meaning of="loss" /> It is, for each point, −log of the probability that the network gave to the
      right label, added up. Sure and right costs almost nothing; sure and wrong costs a lot.
    </p>
  ),
  log: (
    <p>
      As the course writes it: the loss and the number of correct points are those with which an
      epoch began, before it changed the parameters. The line above the pictures counts after that,
      with the parameters that are drawn.
    </p>
  ),
  ran: (
    <p>
      The compiler writes down every operation that one point takes, joins those that belong
      together, adds those for the derivatives, and finds for each a kernel: a piece of WebAssembly
      that does it for many points at once. The numbers here say how much became of what.
    </p>
  ),
  network: (
    <p>
      Each circle adds up its inputs, each multiplied by a weight of its own, and a bias. A ReLU
      turns negative sums into 0; the sigmoid at the end squeezes the sum to between 0 and 1.
      Weights and biases are the parameters: the numbers that training changes. Each square shows
      what a neuron makes of the plane; a line is the wider, the larger its weight is, orange above 0
      and blue below.
    </p>
  ),
};
