import type { LayersModel } from '@tensorflow/tfjs';
import type { BuildModel } from '../build/build-model';
import type { FitOptions } from '../build/fit-options';
import type { Dataset } from '../data/types';
import { diagnose } from './diagnose';
import type { Report } from './report';

/**
 * Returns what looks strange in a model, its loss and its data before anything is trained: a last layer that does not fit the
 * loss or the labels, layers without an activation between them, frozen or equal weights, dropout in the wrong place,
 * penalties larger than the loss, predictions that depend on their neighbours, a first loss that cannot be, and all that
 * `inspectDataset` looks at. Costs one prediction for at most 1,000 examples.
 *
 * @param build what `fit` is given: a function that builds the model, or a model
 * @param train N examples
 * @param options those of `fit`; what has to do with the course of training is not looked at
 * @returns a report as `diagnose` makes it; its findings have nothing to confirm with
 * @throws InputError as `fit` does
 * @example
 * const build = ({ tf, inputShape, units }) => tf.sequential({ layers: [tf.layers.dense({ inputShape, units })] });
 * const { findings } = await inspectModel(build, standardize(datasets.iris())[0]);
 * findings[0].code // => 'output-does-not-fit-loss'
 */
export async function inspectModel(
  build: BuildModel | LayersModel,
  train: Dataset,
  options: FitOptions = {},
): Promise<Report> {
  const { staticLog } = await import('../build/static-log');
  const { CHECKS_BEFORE_TRAINING } = await import('./checks');
  const checks = CHECKS_BEFORE_TRAINING.map(({ id }) => id);
  return diagnose(await staticLog('inspectModel', build, train, options), { checks });
}
