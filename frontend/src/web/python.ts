/** The few ways in which Python's texts and numbers behave unlike JavaScript's, so that a row is read alike in both. */

const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const SPACES = new RegExp(`[${SPACE}]+`);
/** What stands for any white space, inside a pattern's brackets. */
export const WHITE = SPACE;

/** `text.strip()`, which also takes away separators of records and leaves a byte order mark alone. */
export const strip = (text: string): string => text.replace(ENDS, "");

/** `text.split()`: the words between white space, none of them empty. */
export const words = (text: string): string[] => strip(text).split(SPACES).filter((word) => word !== "");

/** Half a character counts as one, as in Python: places of a text are those of its code points. */
export const beginning = (text: string, most: number): string =>
  text.length <= most ? text : Array.from(text).slice(0, most).join("");

/** `a % b` of Python and NumPy, whose sign is that of `b`. */
export function modulo(a: number, b: number): number {
  const left = a % b;
  return left !== 0 && left < 0 !== b < 0 ? left + b : left;
}

/** Halves go to the even number, as in `round` and `np.round`. */
export function round(value: number): number {
  const below = Math.floor(value), rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

const DECIMAL = /\p{Nd}/u;

/** Any script's decimal digits as those of ASCII: `\d` and `int` of Python take them all. */
export function digits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    if (code < 0x80) return digit;
    if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10);
    // Ten in a row begin at a code that ends in 0 or in 6.
    return String(DECIMAL.test(String.fromCodePoint(code & ~0xf)) ? code & 0xf : (code & 0xf) - 6);
  });
}

/** `float(text)`, or NaN where Python would refuse the text. */
export function float(text: string): number {
  const written = digits(strip(text)).toLowerCase();
  const named = /^([+-]?)(inf|infinity|nan)$/.exec(written);
  if (named) return named[2] === "nan" ? NaN : named[1] === "-" ? -Infinity : Infinity;
  const figure = "[0-9](?:_?[0-9])*";
  const whole = new RegExp(`^[+-]?(?:${figure}\\.?(?:${figure})?|\\.${figure})(?:e[+-]?${figure})?$`);
  return whole.test(written) ? Number(written.replaceAll("_", "")) : NaN;
}
