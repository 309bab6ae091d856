import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import { checkPredictions } from '../metrics/check-predictions';
import { eachSeed } from '../metrics/by-seed';
import type { Predictions } from '../metrics/types';
import { meanInterval } from '../stats/mean-interval';
import type { Confusion } from './types';

/** Standard deviation of each count over the seeds; undefined for fewer than two. */
function deviationsOf(all: readonly Confusion['counts'][]): number[][] | undefined {
  if (all.length < 2) return undefined;
  return all[0].map((row, i) =>
    row.map((_, j) => {
      const { standardError, n } = meanInterval(all.map((counts) => counts[i][j]));
      return standardError * Math.sqrt(n);
    }),
  );
}

/**
 * Returns how often each class was predicted as each class. For classification; examples without a predicted class
 * (the model's output was not a number) are left out and said in a warning. Of several seeds the counts are those of the
 * typical one, with their deviations over all.
 *
 * @param predictions from `evaluate` or `predictionsFrom`
 * @returns `counts[label][predicted]`; rows and columns in the order of `classes`
 * @throws InputError `invalid-type`, `unsupported` for regression, and for multi-label, whose table is `labelConfusion`
 * @example
 * const p = predictionsFrom([{ y: 'a', p: 'a' }, { y: 'b', p: 'a' }], { label: 'y', predicted: 'p' });
 * confusion(p).counts // => [[1, 0], [1, 0]]
 */
export function confusion(predictions: Predictions): Confusion {
  const several = (predictions as Predictions | null)?.task === 'multi-label';
  const given = checkPredictions(
    'confusion',
    predictions,
    'classification',
    undefined,
    several ? 'Use labelConfusion, which counts each label by itself.' : undefined,
  );
  const { name, classes, label, predicted, n } = given;
  const deviations = deviationsOf(eachSeed(given).map((own) => confusion(own).counts));
  const counts = classes.map(() => new Array<number>(classes.length).fill(0));
  let counted = 0;
  for (let i = 0; i < n; i++) {
    if (!(predicted[i] >= 0)) continue;
    counts[label[i]][predicted[i]]++;
    counted++;
  }
  const warnings = collectWarnings();
  if (counted < n) {
    const message = `${n - counted} of ${n} examples have no predicted class and are left out.`;
    warnings.add('no-prediction', message, n - counted);
  }
  return asResult({
    ...{ kind: 'confusion' as const, name, n: counted, classes, counts },
    ...(deviations && { deviations }),
    warnings: warnings.list(),
  });
}
