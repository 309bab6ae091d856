import { asResult } from '../../../core/showable';
import { splitDataset } from '../../../data/split-dataset';
import type { Dataset, Task } from '../../../data/types';
import { metricOf } from '../../../engine/train/score';
import type { BuildModel } from '../../build-model';
import { sweep } from '../../sweep';
import type { SweepOptions } from '../../sweep-types';
import type { Learned, Rung, RungJob, Sizes } from '../rung';

const LEARNING_RATE = 0.003;
const FEWEST_EPOCHS = 5;
const MOST_EPOCHS = 40;
/** Enough steps for a small network on a small data set. */
const MOST_STEPS = 1500;
const SEARCH_SEEDS = 2;
const INNER = 0.2;
/** Fewer examples than this are not split for the search. */
const FEWEST_SPLIT = 20;
/** Seconds of a multiplication and addition, with those backwards that it brings, and of a step beside them. */
const MULTIPLICATION = 0.35e-9;
const STEP = 1e-4;
/** Runs at the same time: two cores are ordinary. */
const AT_ONCE = 2;

/** Examples a step: 32, down to 8 where there are few. */
const batchOf = (n: number): number => Math.max(8, Math.min(32, Math.floor(n / 20)));

/** Seconds of one pass over n examples with every seed and those of the search. */
const passCost = (n: number, multiplications: number, { seeds }: Sizes): number =>
  ((seeds + SEARCH_SEEDS) / AT_ONCE) *
  (n * multiplications * MULTIPLICATION + Math.ceil(n / batchOf(n)) * STEP);

/** Epochs that are tried where there is time. */
const mostEpochs = (n: number): number =>
  Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, Math.ceil(MOST_STEPS / Math.ceil(n / batchOf(n)))));

/** Returns what builds the network for a task. */
export type BuildFor = (task: Task) => BuildModel;

/** Values are learnt with mean 0 and deviation 1: networks begin there. */
interface Scale {
  readonly mean: number;
  readonly sd: number;
}

function scaleOf({ task, labels, n }: Dataset): Scale {
  if (task !== 'regression') return { mean: 0, sd: 1 };
  let mean = 0;
  let square = 0;
  for (let i = 0; i < n; i++) mean += labels[i] / n;
  for (let i = 0; i < n; i++) square += (labels[i] - mean) ** 2 / n;
  return { mean, sd: square > 0 ? Math.sqrt(square) : 1 };
}

const scaled = (data: Dataset, { mean, sd }: Scale): Dataset =>
  data.task === 'regression'
    ? asResult({ ...data, labels: Float64Array.from(data.labels, (value) => (value - mean) / sd) })
    : data;

/** The epoch of least loss on a part of the training data, in the mean over two seeds. */
async function bestEpochs(
  build: BuildModel,
  train: Dataset,
  most: number,
  seed: number,
  shared: Partial<SweepOptions>,
): Promise<number> {
  if (train.n < FEWEST_SPLIT) return most;
  const { train: inner, validation } = splitDataset(train, { validation: INNER, seed });
  const seeds = Array.from({ length: SEARCH_SEEDS }, (_, i) => seed + i);
  const { runs } = await sweep(build, inner, { ...shared, validation, epochs: most, seeds });
  let best = { epoch: most, loss: Infinity };
  for (let epoch = 0; epoch < most; epoch++) {
    const losses = runs.map(({ log }) => log?.epochs[epoch]?.validation?.loss.value ?? Infinity);
    const loss = losses.reduce((sum, one) => sum + one, 0) / losses.length;
    if (loss < best.loss) best = { epoch: epoch + 1, loss };
  }
  return best.epoch;
}

async function trainNetwork(buildFor: BuildFor, multiplications: number, job: RungJob): Promise<Learned> {
  const build = buildFor(job.train.task);
  const { sizes, seeds, seconds, signal, pause } = job;
  const scale = scaleOf(job.train);
  const [train, validation] = [scaled(job.train, scale), scaled(job.validation, scale)];
  const affordable = Math.floor(seconds / passCost(train.n, multiplications, sizes));
  const most = Math.max(FEWEST_EPOCHS, Math.min(mostEpochs(train.n), affordable));
  const shared = { batchSize: batchOf(train.n), learningRate: LEARNING_RATE, signal, live: false } as const;
  const epochs = await bestEpochs(build, train, most, seeds[0], shared);
  if (await pause()) return { answers: [], size: { count: 0, unit: 'parameters', bytes: 0 }, settings: {} };
  const { runs } = await sweep(build, train, { ...shared, validation, epochs, seeds });
  const done = runs.filter(({ predictions }) => predictions !== null);
  if (done.length === 0) throw new Error(runs[0]?.failure ?? 'no run has ended');
  const metric = metricOf(train);
  const count = done[0].log!.model.parameters;
  return {
    answers: done.map(({ log, predictions }) => {
      const { probabilities, predicted } = predictions!;
      const output = probabilities ?? Float64Array.from(predicted, (value) => value * scale.sd + scale.mean);
      const score = log!.epochs.at(-1)!.train.metrics[metric].value;
      return { validation: { output }, train: train.task === 'regression' ? score * scale.sd : score };
    }),
    size: { count, unit: 'parameters', bytes: 4 * count },
    settings: {
      optimizer: 'adam',
      'learning rate': LEARNING_RATE,
      'batch size': batchOf(train.n),
      epochs,
      'epochs tried': most,
    },
    ...(done.length < runs.length && {
      warning: `${runs.length - done.length} of ${runs.length} networks failed: ${runs.find(({ failure }) => failure)?.failure ?? ''}`,
    }),
  };
}

/**
 * Returns a rung that trains a network with several seeds. How many epochs is read off a part of the training data that is
 * held back; then all of it is trained on.
 *
 * @param multiplications multiplications and additions of one example, forwards
 */
export function network(
  rung: Pick<Rung, 'name' | 'what' | 'fits' | 'weight'>,
  build: BuildFor,
  multiplications: (sizes: Sizes) => number,
): Rung {
  return {
    ...rung,
    cost: (n, sizes) => {
      const pass = passCost(n, multiplications(sizes), sizes);
      return { least: FEWEST_EPOCHS * pass, usual: mostEpochs(n) * pass };
    },
    train: (job) => trainNetwork(build, multiplications(job.sizes), job),
  };
}
