/** Small expressions to begin with. They only fill the editor. */

export interface Example {
  title: string;
  code: string;
}

export const examples: Example[] = [
  { title: "A product and a sum", code: "(x * x) * y + 10.0 * x" },
  {
    title: "One box, used twice",
    code: "a = x * y\n(a + z) * a",
  },
  {
    title: "The product rule",
    code: "def f(t):\n    return t * t + 3 * t\n\ndef g(t):\n    return 1 / t\n\nf(x) * g(x)",
  },
  {
    title: "A chain of functions",
    code: "a = (x * y).log()\nb = a.exp()\n(b * z).sigmoid()",
  },
  {
    title: "The sigmoid by hand",
    code: "# The same as x.sigmoid(), but each operation shows.\n1 / (1 + (-x).exp())",
  },
  {
    title: "A neuron",
    code: "# Two inputs, two weights, a bias, and a ReLU.\n(0.5 * x + 1.5 * y + z).relu()",
  },
];
