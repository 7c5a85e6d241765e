/** Smoothed curves: what a line would be without its noise. */

export type Column = (number | null)[];

/** For each strength: the share of the axis over which a value is remembered, and at least how many points. */
const SHARES = [0, 0.02, 0.08];
const POINTS = [0, 1.5, 5];

/**
 * An exponential moving average over points that need not lie evenly, without the pull towards zero at its beginning.
 *
 * The memory grows in powers of two with the axis, so that the past does not move with every new point.
 *
 * Source: Kingma and Ba, "Adam", ICLR 2015, section 3, for the correction; weights e^(−Δx/τ) for the uneven distances.
 */
export function smooth(x: readonly number[], y: Column, strength: number): Column {
  if (!strength || x.length < 3) return y;
  const range = x[x.length - 1] - x[0];
  const memory = Math.max(2 ** Math.floor(Math.log2(Math.max(range * SHARES[strength], 1e-9))), (POINTS[strength] * range) / (x.length - 1));
  let sum = 0, weight = 0, before = x[0];
  return y.map((value, i) => {
    if (value === null || value === undefined) return null;
    const keep = Math.exp(-(x[i] - before) / memory);
    sum = keep * sum + (1 - keep || 1e-9) * value;
    weight = keep * weight + (1 - keep || 1e-9);
    before = x[i];
    return sum / weight;
  });
}
