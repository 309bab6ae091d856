import type { Random } from '../../core/random';
import { cholesky } from '../../stats/cholesky';
import type { ObservedCurve } from './observed-curve';

/** A triangle of the covariance; a little is added to the diagonal where sizes go wholly together. */
function triangleOf(covariance: readonly (readonly number[])[]): number[][] | null {
  const largest = Math.max(...covariance.map((row, i) => row[i]));
  if (!(largest > 0)) return null;
  for (const part of [1e-9, 1e-6, 1e-3, 1e-1]) {
    const made = cholesky(covariance.map((row, i) => row.map((v, j) => (i === j ? v + part * largest : v))));
    if (made) return made;
  }
  return null;
}

/**
 * Returns a function that draws mean errors as another choice of seeds and of test examples might have given them: whole
 * seeds are drawn with replacement (their distances from the mean stretched by √(R / (R − 1)), which makes the spread
 * right for few seeds), and the test examples move all sizes together by their covariance.
 */
export function curveDraws({ values, means, covariance }: ObservedCurve, stream: Random): () => number[] {
  const triangle = triangleOf(covariance);
  const seeds = values.length;
  const stretch = seeds > 1 ? Math.sqrt(seeds / (seeds - 1)) : 0;
  return () => {
    const drawn = Array.from({ length: seeds }, () => values[stream.integer(seeds)]);
    const normals = means.map(() => stream.normal());
    return means.map((mean, i) => {
      let [sum, n] = [0, 0];
      for (const row of drawn) {
        if (Number.isNaN(row[i])) continue;
        sum += row[i];
        n++;
      }
      const bySeeds = n > 0 ? stretch * (sum / n - mean) : 0;
      const byItems = triangle ? triangle[i].reduce((total, part, k) => total + part * normals[k], 0) : 0;
      return Math.max(0, mean + bySeeds + byItems);
    });
  };
}
