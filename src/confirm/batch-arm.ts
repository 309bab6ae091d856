import { countLabels, takeLabels } from '../data/label-rows';
import type { Dataset } from '../data/types';
import { judgeLosses, type BatchOutcome } from './judge-losses';
import type { ExperimentArm } from './types';

/** What the training of one batch needs; the same for every arm of an experiment but for its change. */
export interface BatchSetup {
  /** Function that builds the model anew, as given to `fit`. */
  readonly build: unknown;
  readonly data: Dataset;
  /** Rows of `data` that make up the batch, the same in every step. */
  readonly batch: readonly number[];
  readonly steps: number;
  readonly learningRate: number;
  readonly optimizer?: unknown;
  readonly loss?: unknown;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/** What is needed of the training loop in `build/`. */
type TrainSteps = (spec: object) => Promise<{ readonly losses: ArrayLike<number> }>;

/** An arm with the outcome as one of five. */
export interface BatchArm extends ExperimentArm {
  readonly outcome: BatchOutcome;
}

/** Loss of a predictor that knows the label frequencies of the batch; NaN for a loss that is not known. */
export function guessOnBatch({ data, batch }: Pick<BatchSetup, 'data' | 'batch'>): number {
  const labels = takeLabels(data, batch);
  if (data.task === 'regression') {
    const mean = sum(labels) / batch.length;
    return sum(labels.map((label) => (label - mean) ** 2)) / batch.length;
  }
  const shares = countLabels({ ...data, labels }).map((count) => count / batch.length);
  if (data.task === 'classification') return sum(shares.map(entropy));
  return sum(shares.map((share) => entropy(share) + entropy(1 - share))) / shares.length;
}

/** −p ln p, with 0 ln 0 = 0. */
const entropy = (share: number): number => (share > 0 ? -share * Math.log(share) : 0);

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

/** At most `most` of the values, evenly spaced, with the first and the last. */
function thin(values: readonly number[], most: number): readonly number[] {
  if (values.length <= most) return values;
  return Array.from({ length: most }, (_, i) => values[Math.round((i * (values.length - 1)) / (most - 1))]);
}

/** Trains a fresh model on one batch and returns how that went; an aborted arm has the steps that were done. */
export async function runBatchArm(
  arm: { readonly id: string; readonly title: string },
  setup: BatchSetup,
): Promise<BatchArm> {
  const { trainSteps } = require('../build/train-steps') as { readonly trainSteps: TrainSteps };
  const defined = Object.entries(setup).filter(([, value]) => value !== undefined);
  const result = await trainSteps(Object.fromEntries(defined));
  const losses = Array.from(result.losses);
  return {
    ...arm,
    outcome: losses.length === 0 ? 'plateaus' : judgeLosses(losses, guessOnBatch(setup)),
    firstLoss: losses[0] ?? NaN,
    finalLoss: losses[losses.length - 1] ?? NaN,
    losses: thin(losses, 200),
    steps: losses.length,
  };
}
