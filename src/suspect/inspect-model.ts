import type { LayersModel } from '@tensorflow/tfjs';
import type { BuildModel } from '../build/build-model';
import type { FitOptions } from '../build/fit-options';
import type { Dataset } from '../data/types';
import { DATA_CHECKS, MODEL_CHECKS } from './checks';
import { initialLoss } from './checks/initial-loss';
import { diagnose } from './diagnose';
import type { Report } from './report';

/** What is looked at before the first step. */
const BEFORE_TRAINING = [...DATA_CHECKS, ...MODEL_CHECKS, initialLoss].map(({ id }) => id);

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
 * findings.map(({ code }) => code) // => ['output-does-not-fit-loss']
 */
export async function inspectModel(
  build: BuildModel | LayersModel,
  train: Dataset,
  options: FitOptions = {},
): Promise<Report> {
  const { staticLog } = await import('../build/static-log');
  return diagnose(await staticLog('inspectModel', build, train, options), { checks: BEFORE_TRAINING });
}
