import type { LayersModel } from '@tensorflow/tfjs';
import { InputError } from '../core/input-error';
import { checkOptions, text } from '../core/options';
import { random } from '../core/random';
import { asResult } from '../core/showable';
import { sliceableColumns } from '../data/sliceable-columns';
import { featureSize } from '../data/feature-size';
import type { Dataset } from '../data/types';
import { predictRows, predictor } from '../engine/predictor';
import { useEngine } from '../engine/use-engine';
import { makePredictions } from '../metrics/make-predictions';
import { withSeeds } from '../metrics/by-seed';
import type { Predictions } from '../metrics/types';
import { readyModel } from './build-model';
import { prepareAs } from './prepare-sets';
import type { Run } from './run';
import type { Runs } from './runs-types';
import { allRows } from '../engine/train/score-rows';

export interface EvaluateOptions {
  /** Names the predictions in tables and figures; defaults to the name of the data set. */
  readonly name?: string;
}

async function evaluateSeeds(
  { runs }: Runs,
  dataset: Dataset,
  options: EvaluateOptions,
): Promise<Predictions> {
  if (!(runs?.length > 0)) {
    throw new InputError({
      code: 'missing',
      fn: 'evaluate',
      param: 'model',
      expected: 'hold at least one live run; logs alone have no models',
    });
  }
  const all = [];
  for (const run of runs)
    all.push({ seed: run.log.seed, predictions: await evaluate(run, dataset, options) });
  return withSeeds(all);
}

/** True where both are the same examples, prepared or not: preparing leaves the labels as they are. */
const sameExamples = (train: Dataset, given: Dataset): boolean =>
  train === given || train.labels === given.labels;

/**
 * Returns what a model says of each example of a data set, with the metrics over all of them.
 *
 * What `fit` prepared the training data by is applied to these examples as well; their raw columns, or features
 * that have names, stand beside the predictions, as metadata do.
 *
 * Of several seeds the rows are those of the typical one (in the middle by its mean loss), `metrics` are means over the seeds
 * with intervals for other seeds and other examples, and the looks at the predictions say how far the seeds lie apart.
 *
 * @param subject a tfjs-layers model, a run, or the runs of several seeds
 * @param dataset N examples of the shape that the model takes, or with the raw columns it was trained on
 * @returns predictions, one row an example, in the order of the data set
 * @throws InputError `empty`, `length-mismatch` when shape or output do not fit
 * @example
 * const build = ({ tf, inputShape, units }) =>
 *   tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] });
 * const run = await fit(build, datasets.iris(), { epochs: 1 });
 * (await evaluate(run, datasets.iris())).n // => 150
 */
export async function evaluate(
  subject: LayersModel | Run | Runs,
  dataset: Dataset,
  options: EvaluateOptions = {},
): Promise<Predictions> {
  const fn = 'evaluate';
  checkOptions(fn, options, { name: text });
  if ((subject as Runs)?.kind === 'runs') return await evaluateSeeds(subject as Runs, dataset, options);
  const model = (subject as Run)?.kind === 'run' ? (subject as Run).model : (subject as LayersModel);
  if (!model?.layers) {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'model',
      expected: 'be a tfjs-layers model, a run, or the runs of several seeds',
      received: subject,
    });
  }
  if (!(dataset?.n > 0)) {
    throw new InputError({ code: 'empty', fn, param: 'dataset', expected: 'hold at least one example' });
  }
  const { tf } = await useEngine();
  const data = prepareAs(fn, subject as LayersModel | Run, dataset);
  const { units } = readyModel(fn, tf, model, data, random(0));
  const predictions = makePredictions(fn, {
    name: options.name ?? data.name,
    task: data.task,
    classes: data.classes,
    ids: data.ids,
    label: data.labels,
    output: predictRows(
      predictor(tf, model, data.features.shape),
      data.features.values,
      featureSize(data.features.shape),
      allRows(data),
      units,
    ),
    metadata: sliceableColumns(data),
  });
  const seen = (subject as Run).kind === 'run' && sameExamples((subject as Run).train, dataset);
  if (!data.warnings?.length && !seen) return predictions;
  return asResult({
    ...predictions,
    ...(seen && { outOfSample: false }),
    warnings: [...(data.warnings ?? []), ...predictions.warnings],
  });
}
