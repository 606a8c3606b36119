/**
 * Numbers as people write them: typed, pasted from elsewhere, or copied from the page itself, which
 * writes 1,000 and −2.0.
 */

/** Full-width forms, as East Asian keyboards give them: each lies this far above its ASCII twin. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const TO_ASCII = 0xfee0;
/** Minus signs and short dashes that are not the keyboard's hyphen. */
const MINUS = /[\u2010-\u2013\u2212]/g;
/** 0,125 is no thousand: it is a decimal comma. */
const GROUPED = /^[+-]?[1-9]\d{0,2}(,\d{3})+(?![\d,])/;
/** Python's own way of grouping: 1_000. */
const UNDERSCORE = /(?<=\d)_(?=\d)/g;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** In 1.5e3 it does no harm. */
const POINT = /^[^e]*\.[^e]*$/i;
const DECIMAL_COMMA = /^([+-]?\d+),(\d+)$/;

/** Reads a decimal number; null where it is none, or too large. */
export function readNumber(text: string): number | null {
  const plain = simplify(text);
  const digits = GROUPED.test(plain) ? plain.replaceAll(",", "") : plain;
  const value = DECIMAL.test(digits) ? Number(digits) : NaN;
  return Number.isFinite(value) ? value : null;
}

/** Reads a whole number. With a point it is none: some write 1.000 for a thousand. */
export function readWhole(text: string): number | null {
  const value = POINT.test(simplify(text)) ? null : readNumber(text);
  return Number.isInteger(value) ? value : null;
}

/**
 * What somebody meant who writes decimals with a comma: "1.5" for "1,5", else null. It is not read
 * as that, for 1,500 is fifteen hundred here.
 */
export function withPoint(text: string): string | null {
  const [, whole, decimals] = DECIMAL_COMMA.exec(simplify(text)) ?? [];
  return whole === undefined || GROUPED.test(simplify(text)) ? null : `${whole}.${decimals}`;
}

function simplify(text: string): string {
  return text
    .replace(FULL_WIDTH, (one) => String.fromCharCode(one.charCodeAt(0) - TO_ASCII))
    .replace(MINUS, "-")
    .replace(UNDERSCORE, "")
    .trim();
}
