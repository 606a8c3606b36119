/**
 * Functions with a backward that can be broken in several ways, as a guide shows them: the code as
 * Python, and what it comes to. Each is part of z = d · f, so that d arrives at its output.
 */

/** What arrives at the function's output, and its inputs. */
export interface At {
  d: number;
  x: number;
  y: number;
}

export interface Example {
  name: string;
  /** What f is, as a formula of x and y. */
  says: string;
  f(x: number, y: number): number;
  forward: string;
  saves: string;
  /** What backward returns for x, as Python and as a number. */
  returns: string;
  backward(d: number, x: number, y: number): number;
}

export interface Fault {
  name: string;
  /** The code of backward's last line, and what it comes to; null: it raises an error. */
  change(returns: string, of: Example): string;
  value(of: Example, at: At): number | null;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

export const EXAMPLES: readonly Example[] = [
  {
    name: "Square",
    says: "x · x",
    f: (x) => x * x,
    forward: "return a * a",
    saves: "a",
    returns: "d_output * 2 * a",
    backward: (d, x) => d * 2 * x,
  },
  {
    name: "Mul",
    says: "x · y",
    f: (x, y) => x * y,
    forward: "return a * b",
    saves: "a, b",
    returns: "d_output * b, d_output * a",
    backward: (d, _, y) => d * y,
  },
  {
    name: "Sigmoid",
    says: "sigmoid(x)",
    f: (x) => sigmoid(x),
    forward: "return s",
    saves: "s",
    returns: "d_output * s * (1 - s)",
    backward: (d, x) => d * sigmoid(x) * (1 - sigmoid(x)),
  },
];

export const FAULTS: readonly Fault[] = [
  {
    name: "None",
    change: (returns) => returns,
    value: (of, { d, x, y }) => of.backward(d, x, y),
  },
  {
    name: "d_output forgotten",
    change: (returns) => returns.replaceAll("d_output * ", ""),
    value: (of, { x, y }) => of.backward(1, x, y),
  },
  {
    name: "d_output added",
    change: (returns) => returns.replaceAll("d_output * ", "d_output + "),
    value: (of, { d, x, y }) => d + of.backward(1, x, y),
  },
  {
    name: "Sign turned",
    change: (returns) => returns.replaceAll("d_output *", "-d_output *"),
    value: (of, { d, x, y }) => -of.backward(d, x, y),
  },
  { name: "Value not saved", change: (returns) => returns, value: () => null },
];

/** The class as Python, broken so. */
export function codeOf(of: Example, fault: Fault): string {
  const arguments_ = of.name === "Mul" ? "a, b" : "a";
  const first = of.name === "Sigmoid" ? ["        s = sigmoid(a)"] : [];
  const names = of.saves.includes(",") ? of.saves : `(${of.saves},)`;
  const saving = `        ctx.save_for_backward(${of.saves})`;
  return [
    `class ${of.name}(ScalarFunction):`,
    "    @staticmethod",
    `    def forward(ctx, ${arguments_}):`,
    ...first,
    ...(fault.name === "Value not saved" ? [] : [saving]),
    `        ${of.forward}`,
    "",
    "    @staticmethod",
    "    def backward(ctx, d_output):",
    `        ${names} = ctx.saved_values`,
    `        return ${fault.change(of.returns, of)}`,
  ].join("\n");
}

/** The central difference of d · f by x, which knows nothing of any backward. */
export function difference(of: Example, { d, x, y }: At): number {
  const epsilon = 1e-6;
  const value = (at: number) => d * of.f(at, y);
  return (value(x + epsilon / 2) - value(x - epsilon / 2)) / epsilon;
}
