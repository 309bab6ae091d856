import type { EpochRecord, RunLog } from '../build/types';
import type { Dataset } from '../data/types';
import { InputError } from '../core/input-error';
import { findDuplicates } from './duplicates';
import type { LiveRun } from './live-run';
import { halfOf, reshuffled } from './pool-split';
import type { ExperimentArm } from './types';
import type { Observation } from './update-causes';

/** What is needed of `fit`. */
type Fit = (build: unknown, train: Dataset, options: object) => Promise<LiveRun & { dispose?: () => void }>;

export interface SplitSetup {
  readonly log: RunLog;
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly build: unknown;
  readonly options: object;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/** Returns what training on another split needs; throws `missing` when the run lacks it. */
export function splitSetupOf(run: LiveRun, seed: number, signal?: AbortSignal): SplitSetup {
  const { log, train, validation, build, options = {} } = run;
  if (!train || !validation || typeof build !== 'function') {
    throw new InputError({
      code: 'missing',
      fn: 'confirm',
      param: !train ? 'run.train' : validation ? 'run.build' : 'run.validation',
      expected: 'be kept by the run: the experiment trains anew on another split',
      mend: 'Give fit a function that builds the model, and validation data.',
    });
  }
  return { log, train, validation, build, options, seed, signal };
}

const validationLosses = (epochs: readonly EpochRecord[]): number[] =>
  epochs.map(({ validation }) => validation?.loss.value ?? NaN);

/** How far validation loss ends above its best, and whether validation guesses or beats training at the end. */
function courseOf(log: RunLog): {
  readonly losses: readonly number[];
  readonly best: number;
  readonly bestError: number;
  readonly rise: number;
  readonly accuracy: number;
  readonly beatsTrain: boolean;
} {
  const losses = validationLosses(log.epochs);
  const best = Math.min(...losses);
  const last = log.epochs[log.epochs.length - 1];
  const end = last.validation!;
  const spread = Math.hypot(last.train.loss.standardError, end.loss.standardError);
  return {
    losses,
    best,
    bestError: log.epochs[losses.indexOf(best)]?.validation?.loss.standardError ?? NaN,
    rise: losses[losses.length - 1] - best,
    accuracy: end.metrics.accuracy?.value ?? NaN,
    beatsTrain: last.train.loss.value - end.loss.value > 2 * spread,
  };
}

function armOf(id: string, title: string, log: RunLog): ExperimentArm {
  const { losses, rise, best, beatsTrain } = courseOf(log);
  return {
    id,
    title,
    outcome: beatsTrain ? 'beats-train' : rise > 0.1 * best ? 'rises' : 'stays-down',
    firstLoss: losses[0],
    finalLoss: losses[losses.length - 1],
    losses: losses.slice(0, 200),
    steps: log.epochs[log.epochs.length - 1].step,
  };
}

async function refit(setup: SplitSetup, train: Dataset, validation: Dataset): Promise<RunLog> {
  const { fit } = require('../build/fit') as { readonly fit: Fit };
  const { build, options, log, seed, signal } = setup;
  const run = await fit(build, train, {
    ...options,
    validation,
    epochs: log.config.epochs,
    seed,
    live: false,
    onProgress: undefined,
    signal,
  });
  try {
    return run.log;
  } finally {
    run.dispose?.();
  }
}

/** What the arms were, and what they say. */
export interface SplitResult {
  readonly arms: readonly ExperimentArm[];
  readonly observations: readonly Observation[];
}

/**
 * Trains anew on a random split of the same examples and on half of the training examples, and counts copies across
 * the split. Probabilities in the table are judgement: a strangeness of the split goes with a random split, one of
 * the labels stays; more examples help where fewer hurt.
 */
export async function runSplitArms(setup: SplitSetup, onArm: (done: number) => void): Promise<SplitResult> {
  const { log, train, validation, seed, signal } = setup;
  const own = courseOf(log);
  const arms = [armOf('as-is', 'as it was', log)];
  const copies = findDuplicates(train, validation);
  const observations: Observation[] = [
    {
      seen: copies.indices.length > 0.01 * copies.n,
      probability: { other: 0.1, under: { 'duplicates-across-split': 0.95 } },
    },
  ];
  onArm(1);
  const random = reshuffled(train, validation, seed);
  const mixed = await refit(setup, random.train, random.validation);
  if (signal?.aborted) return { arms, observations };
  arms.push(armOf('reshuffled', 'split drawn anew at random', mixed));
  const again = courseOf(mixed);
  observations.push({
    seen:
      again.rise < 0.5 * own.rise ||
      (own.beatsTrain && !again.beatsTrain) ||
      again.accuracy > own.accuracy + 0.2,
    probability: { other: 0.1, under: { 'validation-differs': 0.9, 'validation-easier': 0.9 } },
  });
  onArm(2);
  const half = await refit(setup, halfOf(train, seed), validation);
  if (signal?.aborted) return { arms, observations };
  arms.push(armOf('half', 'half of the training examples', half));
  const less = courseOf(half);
  observations.push({
    seen: less.best - own.best > Math.hypot(less.bestError, own.bestError),
    probability: {
      other: 0.4,
      under: { 'too-few-examples': 0.9, 'trained-too-long': 0.3, 'labels-without-signal': 0.1 },
    },
  });
  onArm(3);
  return { arms, observations };
}
