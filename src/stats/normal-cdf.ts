/** Φ(−x) for x ≥ 2.5 by Laplace's continued fraction, which keeps its digits far into the tail. */
function upperTail(x: number): number {
  let fraction = x;
  for (let k = 120; k >= 1; k--) fraction = x + k / fraction;
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI) / fraction;
}

/**
 * Returns the probability that a standard normal variable is at most `z`.
 *
 * @param z any number; ±Infinity gives 0 and 1
 * @returns a probability, good to 14 digits of its own size below 0
 * @example
 * normalCdf(0) // => 0.5
 * @see George Marsaglia, "Evaluating the normal distribution", 2004
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return NaN;
  if (z === Infinity) return 1;
  if (z === -Infinity) return 0;
  if (z <= -2.5) return upperTail(-z);
  if (z >= 2.5) return 1 - upperTail(z);
  let sum = z;
  let term = z;
  for (let k = 3; sum + term !== sum; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI);
}
