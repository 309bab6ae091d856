import { InputError } from '../core/input-error';
import { featureSize } from './feature-size';
import type { Dataset } from './types';

/** Throws when a feature is NaN or infinite: which columns, and how many in each. */
export function refuseNonFinite(fn: string, features: Dataset['features']): void {
  const { values } = features;
  if (![NaN, Infinity, -Infinity].some((odd) => values.includes(odd))) return;
  const size = featureSize(features.shape);
  const counts = new Map<number, number>();
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) counts.set(i % size, (counts.get(i % size) ?? 0) + 1);
  });
  const named = [...counts].slice(0, 5).map(([column, count]) => {
    const name = features.names?.[column];
    return `${name === undefined ? `column ${column + 1}` : `"${name}"`} has ${count}`;
  });
  throw new InputError({
    code: 'non-finite',
    fn,
    param: 'features',
    expected: `be finite numbers; of NaN or infinite ones ${named.join(', ')}${counts.size > 5 ? ', …' : ''}`,
    mend: 'Fill or drop those values first.',
  });
}
