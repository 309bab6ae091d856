import { createHash } from 'node:crypto';
import { random } from '../core/random';
import type { Dataset } from '../data/types';
import { freeOptimizer } from '../engine/free-optimizer';
import { useEngine } from '../engine/use-engine';
import { readyModel, type BuildModel } from './build-model';
import type { FitOptions } from './fit-options';
import { lossOf } from './loss-of';
import { optimizerOf } from './optimizer-of';
import { summarizeData } from './summarize-data';
import { summarizeModel } from './summarize-model';

/** What a training would be, as plain data. */
export interface TrainingDescription {
  readonly batchSize: number;
  readonly optimizer: string;
  readonly learningRate: number;
  readonly loss: string;
  readonly shuffle: boolean;
  /** Numbers of the model. */
  readonly parameters: number;
  /** Of data, layers and settings, but not of seeds and lengths: 16 hexadecimal digits. */
  readonly fingerprint: string;
}

/**
 * Returns the settings that a training would have, from a model that is built once and freed.
 *
 * @throws InputError as `fit` does, and what the build function throws
 */
export async function describeTraining(
  fn: string,
  build: BuildModel,
  train: Dataset,
  test: Dataset,
  options: Pick<FitOptions, 'batchSize' | 'optimizer' | 'learningRate' | 'loss' | 'shuffle'>,
): Promise<TrainingDescription> {
  const { tf } = await useEngine();
  const { model, units } = readyModel(fn, tf, build, train, random(0));
  try {
    const { batchSize = 32, shuffle = true } = options;
    const { optimizer, name, learningRate } = optimizerOf(
      fn,
      tf,
      options.optimizer ?? 'adam',
      options.learningRate,
    );
    freeOptimizer(optimizer);
    const loss = lossOf(fn, options.loss, train, units).name;
    const { layers, parameters } = summarizeModel(model);
    const settings = { batchSize, optimizer: name, learningRate, loss, shuffle };
    // Names of layers count up with every model that is built.
    const shapes = layers.map(({ type, outputShape, activation, parameters: own }) => [type, outputShape, activation, own]); // prettier-ignore
    const data = [train, test].map((one) => summarizeData(one).fingerprint);
    const hash = createHash('sha256').update(JSON.stringify({ ...settings, shapes, data }));
    return { ...settings, parameters, fingerprint: hash.digest('hex').slice(0, 16) };
  } finally {
    model.dispose();
  }
}
