/**
 * A formula of x and y, computed together with its derivatives.
 *
 * Each number is dual: beside its value it has its slopes along x and along y, and each operation
 * works out those of its result. That is automatic differentiation forwards, which for two inputs
 * is the simplest. Figures that illustrate a formula of ours need no Python, and can move at once.
 */

/** A value with its derivatives with respect to x and y. */
export interface Dual {
  value: number;
  dx: number;
  dy: number;
}

export type Formula = (x: number, y?: number) => Dual;

type Node = (x: Dual, y: Dual) => Dual;

/**
 * Reads a formula as Python writes it: `+ - * / **`, parentheses, numbers, x, y, pi, and the names
 * in FUNCTIONS.
 *
 * @throws SyntaxError, saying where it could not go on.
 */
export function parseFormula(text: string): Formula {
  const reader = new Reader(text);
  const node = reader.sum();
  reader.end();
  return (x, y = 0) => node({ value: x, dx: 1, dy: 0 }, { value: y, dx: 0, dy: 1 });
}

/** A function of one number, with its slope. */
function lift(f: (a: number) => number, slope: (a: number, result: number) => number) {
  return (a: Dual): Dual => {
    const value = f(a.value);
    const s = slope(a.value, value);
    return { value, dx: s * a.dx, dy: s * a.dy };
  };
}

const sigmoid = (a: number) => (a >= 0 ? 1 / (1 + Math.exp(-a)) : Math.exp(a) / (1 + Math.exp(a)));

export const FUNCTIONS: Record<string, (a: Dual) => Dual> = {
  sin: lift(Math.sin, Math.cos),
  cos: lift(Math.cos, (a) => -Math.sin(a)),
  exp: lift(Math.exp, (_, result) => result),
  log: lift(Math.log, (a) => 1 / a),
  sigmoid: lift(sigmoid, (_, result) => result * (1 - result)),
  relu: lift((a) => Math.max(0, a), (a) => (a > 0 ? 1 : 0)),
};

const add = (a: Dual, b: Dual): Dual => ({
  value: a.value + b.value,
  dx: a.dx + b.dx,
  dy: a.dy + b.dy,
});
const negate = lift((a) => -a, () => -1);
const invert = lift((a) => 1 / a, (_, result) => -result * result);
const multiply = (a: Dual, b: Dual): Dual => ({
  value: a.value * b.value,
  dx: a.dx * b.value + a.value * b.dx,
  dy: a.dy * b.value + a.value * b.dy,
});
const divide = (a: Dual, b: Dual): Dual => ({
  ...multiply(a, invert(b)),
  value: a.value / b.value,
});

class Reader {
  private readonly tokens: string[];
  private at = 0;

  constructor(private readonly text: string) {
    this.tokens = text.match(/\d+\.?\d*(?:e[-+]?\d+)?|[a-z]+|\*\*|[-+*/()]|\S/gi) ?? [];
  }

  end(): void {
    if (this.at < this.tokens.length) throw this.stuck();
  }

  sum(): Node {
    let left = this.product();
    for (;;) {
      if (this.take("+")) left = both(add, left, this.product());
      else if (this.take("-")) left = both(add, left, each(negate, this.product()));
      else return left;
    }
  }

  private product(): Node {
    let left = this.signed();
    for (;;) {
      if (this.take("*")) left = both(multiply, left, this.signed());
      else if (this.take("/")) left = both(divide, left, this.signed());
      else return left;
    }
  }

  private signed(): Node {
    return this.take("-") ? each(negate, this.signed()) : this.power();
  }

  /** Exponents are whole numbers. */
  private power(): Node {
    const base = this.atom();
    if (!this.take("**")) return base;
    const exponent = Number(this.tokens[this.at++]);
    if (!Number.isInteger(exponent) || exponent < 0) throw this.stuck();
    const f = lift(
      (a) => a ** exponent,
      (a) => exponent * a ** Math.max(0, exponent - 1),
    );
    return each(f, base);
  }

  private atom(): Node {
    const token = this.tokens[this.at++] ?? "";
    if (/^\d/.test(token)) return constant(Number(token));
    if (token === "x") return (x) => x;
    if (token === "y") return (_, y) => y;
    if (token === "pi") return constant(Math.PI);
    const f = Object.hasOwn(FUNCTIONS, token) ? FUNCTIONS[token] : null;
    if (!f && token !== "(") throw this.stuck();
    if (f && !this.take("(")) throw this.stuck();
    const inner = this.sum();
    if (!this.take(")")) throw this.stuck();
    return f ? each(f, inner) : inner;
  }

  private take(token: string): boolean {
    const isNext = this.tokens[this.at] === token;
    if (isNext) this.at += 1;
    return isNext;
  }

  private stuck(): SyntaxError {
    return new SyntaxError(`“${this.text}” can’t be read at its part ${this.at}`);
  }
}

function constant(value: number): Node {
  return () => ({ value, dx: 0, dy: 0 });
}

function each(f: (a: Dual) => Dual, inner: Node): Node {
  return (x, y) => f(inner(x, y));
}

function both(f: (a: Dual, b: Dual) => Dual, left: Node, right: Node): Node {
  return (x, y) => f(left(x, y), right(x, y));
}
