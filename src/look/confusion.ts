import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import { checkPredictions } from '../metrics/check-predictions';
import type { Predictions } from '../metrics/types';
import type { Confusion } from './types';

/**
 * Returns how often each class was predicted as each class. For classification; examples without a predicted class
 * (the model's output was not a number) are left out and said in a warning.
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
  const { name, classes, label, predicted, n } = checkPredictions(
    'confusion',
    predictions,
    'classification',
    undefined,
    several ? 'Use labelConfusion, which counts each label by itself.' : undefined,
  );
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
  return asResult({ kind: 'confusion', name, n: counted, classes, counts, warnings: warnings.list() });
}
