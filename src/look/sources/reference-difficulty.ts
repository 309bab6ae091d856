import { collectWarnings } from '../../core/warning';
import type { Predictions } from '../../metrics/types';
import type { ReferenceModelDifficulty } from '../difficulty-options';
import { REVERSED } from './column-difficulty';
import { matchById } from './match-by-id';
import {
  OUTPUT_WORDS,
  outputMeasure,
  outputUnit,
  refuseMeasure,
  type OutputMeasure,
} from './output-measures';
import { modelWords, referenceModels } from './reference-models';
import type { SourceValues } from './source-values';

type Measure = OutputMeasure | 'correctness';

function valuesOf(model: Predictions, measure: Measure): ArrayLike<number> | null {
  if (measure !== 'correctness') return outputMeasure(model, measure);
  if (model.task === 'regression') return null;
  return Float64Array.from(model.correct, (right) => 1 - right);
}

/** Mean over the models that know an example, in the order of the predictions. */
function meanOver(
  fn: string,
  ids: readonly string[],
  models: readonly { readonly model: Predictions; readonly values: ArrayLike<number> }[],
): Float64Array {
  const sums = new Float64Array(ids.length);
  const known = new Int32Array(ids.length);
  for (const { model, values } of models) {
    const own = matchById(fn, 'reference', ids, model.ids, (row) => values[row] ?? NaN);
    own.forEach((value, i) => {
      if (Number.isNaN(value)) return;
      sums[i] += value;
      known[i]++;
    });
  }
  return sums.map((sum, i) => (known[i] > 0 ? sum / known[i] : NaN));
}

/**
 * What other models make of each example, matched by id, the mean of several: their loss, and whether they are wrong where no
 * loss is known, unless another measure is named. Models that do not know the measure are left out, which is said.
 */
export function referenceDifficulty(
  fn: string,
  predictions: Predictions,
  { reference, measure: asked }: ReferenceModelDifficulty,
): SourceValues {
  const models = referenceModels(fn, reference, predictions);
  const measure = asked ?? (models.some(({ model }) => model.loss) ? 'loss' : 'correctness');
  const told = models.flatMap((one) => {
    const values = valuesOf(one.model, measure);
    return values ? [{ ...one, values }] : [];
  });
  if (told.length === 0) refuseMeasure(fn, 'reference', models[0].model, measure);
  const warnings = collectWarnings();
  const silent = models.length - told.length;
  if (silent > 0) {
    const message = `${silent} of ${models.length} reference models do not tell their ${measure} and are left out.`;
    warnings.add('silent-models', message, silent);
  }
  const means = meanOver(fn, predictions.ids, told);
  const several = told.length > 1;
  const words = modelWords(told);
  const shared = {
    source: 'reference-model',
    circular: told.some(({ model }) => model === predictions),
    warnings: warnings.list(),
  } as const;
  if (measure === 'correctness') {
    return {
      ...shared,
      title: `${several ? 'share wrong of' : 'wrong by'} ${words}`,
      unit: '',
      values: means,
    };
  }
  const [word, sign] = OUTPUT_WORDS[measure];
  return {
    ...shared,
    title: `${sign < 0 ? REVERSED : ''}${several ? 'mean ' : ''}${word} of ${words}`,
    unit: outputUnit(predictions, measure),
    values: means.map((value) => sign * value),
  };
}
