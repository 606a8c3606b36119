/** Two ways lead to a derivative: whether they agree, and what to say where they don't. */
import type { DerivativeRow } from "../../protocol/expression";

/** Central differences are good to about six digits, so only a clear difference counts. */
const TOLERANCE = 1e-3;

const DIFFERS =
  "The last two columns differ: near here the function has a corner, a jump, or is very steep.";

/** A sentence about the rows of the table; null where there is nothing to say. */
export function remarkOn(rows: readonly Partial<DerivativeRow>[]): string | null {
  return rows.some(differs) ? DIFFERS : null;
}

function differs({ derivative, centralDifference }: Partial<DerivativeRow>): boolean {
  if (derivative === undefined || centralDifference == null) return false;
  const scale = Math.max(1, Math.abs(derivative), Math.abs(centralDifference));
  return Math.abs(derivative - centralDifference) > TOLERANCE * scale;
}
