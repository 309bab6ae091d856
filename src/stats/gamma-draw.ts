import type { Random } from '../core/random';

/**
 * Returns one draw from the gamma distribution of scale 1 (Marsaglia and Tsang's method). Shares of several such draws in their
 * sum are one draw from the Dirichlet distribution of their shapes.
 *
 * @param shape > 0; 0 gives 0
 * @param stream where the luck comes from
 * @returns a number ≥ 0 whose mean is `shape`
 * @see George Marsaglia & Wai Wan Tsang, "A simple method for generating gamma variables", 2000
 */
export function gammaDraw(shape: number, stream: Random): number {
  if (!(shape > 0)) return 0;
  if (shape < 1) return gammaDraw(shape + 1, stream) * (1 - stream.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = stream.normal();
    const root = 1 + c * x;
    const v = root * root * root;
    if (v <= 0) continue;
    const u = 1 - stream.next();
    // Nearly always true, and then without a logarithm.
    if (u < 1 - 0.0331 * x ** 4 || Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
