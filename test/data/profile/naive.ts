import fc from 'fast-check';
import { dataset } from '../../../src/data/dataset';
import type { Dataset } from '../../../src/data/types';
import { random } from '../../../src/core/random';

/** Rows of so many normal numbers. */
export function normalRows(n: number, columns: number, seed: number): number[][] {
  const stream = random(seed);
  return Array.from({ length: n }, () => Array.from({ length: columns }, () => stream.normal()));
}

/** Values with ties, as float32 holds them. */
export const someValues = (least = 1, most = 40): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: -6, max: 6 }), { minLength: least, maxLength: most });

/** A data set of two classes in turn over these rows. */
export const inTurn = (features: readonly (readonly number[])[], name = 'rows'): Dataset =>
  dataset({ name, features, labels: features.map((_, i) => i % 2), classes: ['even', 'odd'] });

/** A regression on these targets. */
export const regression = (features: readonly (readonly number[])[], labels: readonly number[]): Dataset =>
  dataset({ features, labels, task: 'regression' });
