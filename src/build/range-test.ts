import type { LayersModel } from '@tensorflow/tfjs';
import { permutation, random } from '../core/random';
import type { Dataset } from '../data/types';
import { trainingSession } from '../engine/choose-session';
import type { LossName } from '../engine/losses';
import type { TrainingSession } from '../engine/training-session';
import type { Engine } from '../engine/use-engine';
import { readyModel, type BuildModel } from './build-model';
import { lossOf } from './loss-of';
import { optimizerOf, type OptimizerChoice } from './optimizer-of';
import { setLearningRate } from '../engine/set-learning-rate';
import { trainingData } from './training-data';

const FN = 'findLearningRate';

/** One range test. */
export interface RangeTestSpec {
  readonly engine: Engine;
  readonly build: BuildModel | LayersModel;
  readonly data: Dataset;
  /** Learning rate of each step. */
  readonly rates: readonly number[];
  readonly batchSize: number;
  readonly optimizer: OptimizerChoice;
  readonly loss: LossName | undefined;
  /** Weights (of a model that is built), order and dropout come from it. */
  readonly seed: number;
  /** Asked before each step whether to end: the losses so far, and the mean of `before`. */
  readonly enough: (losses: readonly number[], start: number) => boolean;
  readonly aborted: () => boolean;
  readonly breathe: () => Promise<void> | undefined;
}

/** Copies of all weights, those that are not trained too; the returned function writes them back. */
function keepWeights({ tf }: Engine, model: LayersModel): () => void {
  const weights = [...model.weights];
  const values = weights.map((weight) => weight.read().dataSync().slice());
  return () =>
    weights.forEach((weight, i) => {
      const tensor = tf.tensor(values[i], weight.shape as number[], weight.dtype as 'float32');
      weight.write(tensor);
      tensor.dispose();
    });
}

/** Rows of the batches of `steps` steps: whole batches in random order, a new order once the examples run out. */
function* batches(n: number, batchSize: number, seed: number): Generator<Int32Array, never> {
  const stream = random(seed).fork('order');
  for (;;) {
    const order = permutation(n, stream);
    for (let start = 0; start + batchSize <= n; start += batchSize) {
      yield order.subarray(start, start + batchSize);
    }
  }
}

/** What a range test saw. */
export interface RangeTested {
  /** Of each step's batch before its update, penalties included. */
  readonly losses: readonly number[];
  /** Of the same batches by the weights before the first step, dropout as in the test; none of a test that was stopped before. */
  readonly before: readonly number[];
  readonly steps: 'plan' | 'autograd';
  readonly loss: string;
  readonly optimizer: string;
}

/**
 * Trains with the given learning rates, a mini-batch a step. A model that was given has its weights back afterwards, whatever
 * happens; one that was built is freed.
 */
export async function rangeTest(spec: RangeTestSpec): Promise<RangeTested> {
  const { engine, data, rates, seed } = spec;
  const stream = random(seed);
  const { model, units, built } = readyModel(FN, engine.tf, spec.build, data, stream.fork('weights'));
  const restore = built ? () => model.dispose() : keepWeights(engine, model);
  try {
    const loss = lossOf(FN, spec.loss, data, units);
    const batch = Math.min(spec.batchSize, data.n);
    const train = trainingData(data, units);
    const order = batches(data.n, batch, seed);
    const planned = rates.map(() => order.next().value);

    /** Losses of the planned batches, each before its step, until it is enough. */
    async function lossesBy(
      choice: OptimizerChoice,
      rateOf: (step: number) => number,
      enough: (losses: readonly number[]) => boolean,
    ): Promise<{ losses: readonly number[]; steps: TrainingSession['id']; optimizer: string }> {
      const { optimizer, name } = optimizerOf(FN, engine.tf, choice, rateOf(0));
      const { session } = trainingSession({
        ...{ engine, model, optimizer, loss, units, batch },
        inputShape: data.features.shape,
        stream: stream.fork('dropout'),
      });
      try {
        const loaded = session.load(train);
        const losses: number[] = [];
        while (losses.length < planned.length && !spec.aborted() && !enough(losses)) {
          setLearningRate(FN, optimizer, rateOf(losses.length));
          losses.push(session.step(loaded, planned[losses.length]).loss);
          await spec.breathe();
        }
        return { losses, steps: session.id, optimizer: name };
      } finally {
        session.dispose();
      }
    }

    const { losses: before } = await lossesBy(
      'sgd',
      () => 0,
      () => false,
    );
    const start = before.reduce((a, b) => a + b, 0) / before.length;
    const tested = await lossesBy(
      spec.optimizer,
      (step) => rates[step],
      (losses) => spec.enough(losses, start),
    );
    return { ...tested, before, loss: loss.name };
  } finally {
    restore();
  }
}
