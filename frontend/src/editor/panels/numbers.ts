/** Numbers as people read them, and what a chart needs to know about many of them. */

export function short(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(1).replace("e+", "e");
  return String(Number(value.toPrecision(size >= 1000 ? 5 : 3)));
}

export interface Span {
  low: number;
  high: number;
  most: number; // the largest distance from zero
}

/** Lowest and highest; what is not a number is left out. */
export function span(values: readonly number[], low = Infinity, high = -Infinity): Span {
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { low: 0, high: 0, most: 0 };
  return { low, high, most: Math.max(Math.abs(low), Math.abs(high)) };
}
