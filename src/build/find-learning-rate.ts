import type { LayersModel } from '@tensorflow/tfjs';
import { currentHost } from '../core/host';
import { InputError } from '../core/input-error';
import {
  anything,
  checkOptions,
  fn,
  integer,
  numberIn,
  oneOf,
  record,
  signal as signalRule,
  text,
} from '../core/options';
import { startProgress, type ProgressListener } from '../core/progress';
import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import { countLabels } from '../data/label-rows';
import type { Dataset } from '../data/types';
import type { LossName } from '../engine/losses';
import { breather } from '../engine/train/breathe';
import { useEngine } from '../engine/use-engine';
import type { BuildModel } from './build-model';
import { checkFit } from './fit-options';
import { diverged, judgeRange, smoothed } from './judge-range';
import type {
  LearningRateSearch,
  RateCurve,
  RateMethod,
  RateRefusal,
  SuggestedRate,
} from './learning-rate-search';
import type { OptimizerChoice } from './optimizer-of';
import { prepareSets, type PrepareChoice } from './prepare-sets';
import { rangeTest, type RangeTested } from './range-test';

const FN = 'findLearningRate';

/** Options of {@link findLearningRate}. */
export interface FindLearningRateOptions {
  /** Smallest learning rate; defaults to 1e-7. */
  readonly minimum?: number;
  /** Largest; defaults to 10. */
  readonly maximum?: number;
  /** Steps from one to the other, each by the same factor; defaults to 100. */
  readonly steps?: number;
  /** Range tests, each with a seed of its own for order and weights; defaults to 3. */
  readonly repeats?: number;
  /** Which suggestion is `suggestion`; defaults to "valley". */
  readonly method?: RateMethod;
  /** Examples a step, at most all; defaults to 32. As for `fit`, which the suggestion is for. */
  readonly batchSize?: number;
  /** Defaults to "adam". */
  readonly optimizer?: OptimizerChoice;
  /** Defaults to cross-entropy for classes and mean squared error for values. */
  readonly loss?: LossName;
  /** As for `fit`: how features are made of raw columns. */
  readonly prepare?: PrepareChoice;
  /** How much of the smoothed loss is kept from step to step, 0 to below 1; defaults to 0.7. */
  readonly smoothing?: number;
  /** Seed of the first repeat, the others follow; defaults to 0. */
  readonly seed?: number;
  /** Stops after the step that runs. */
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

const REASONS: Readonly<Record<RateRefusal, readonly [message: string, mend: string]>> = {
  'non-finite-at-start': [
    'The loss is not a finite number before the first step.',
    'Look for values that are not numbers, or far too large, in inputs and weights.',
  ],
  'diverges-at-once': [
    'The loss rises at the smallest learning rates already.',
    'Standardise the inputs, or lower "minimum".',
  ],
  'already-learnt': [
    'The loss is low before the first step and does not fall further.',
    'Start from fresh weights: give the function that builds the model.',
  ],
  'never-falls': [
    'The loss falls at no learning rate by more than mini-batches differ.',
    'Standardise the inputs, look for frozen layers and dead units with overfitOneBatch, or take more steps or a larger batch.',
  ],
  'falls-only-at-the-end': ['The loss still falls at the largest learning rate.', 'Raise "maximum".'],
  stopped: ['The search was stopped before a range test was done.', ''],
};

/** Loss of a guess by label frequencies, for the losses whose unit that is. */
function guessOf(data: Dataset, loss: string): number {
  const { labels, task, n } = data;
  if (task === 'regression') {
    if (loss !== 'meanSquaredError') return NaN;
    const values = Array.from(labels);
    const mean = values.reduce((sum, label) => sum + label / n, 0);
    return values.reduce((sum, label) => sum + (label - mean) ** 2 / n, 0);
  }
  if (!/crossentropy$/i.test(loss)) return NaN;
  const shares = countLabels(data).map((count) => count / n);
  const entropy = (share: number): number => (share > 0 ? -share * Math.log(share) : 0);
  if (task === 'classification') return shares.reduce((sum, share) => sum + entropy(share), 0);
  return shares.reduce((sum, share) => sum + (entropy(share) + entropy(1 - share)) / shares.length, 0);
}

const METHODS = ['valley', 'steepest', 'minimum/10'] as const;

function suggestionOf(curves: readonly RateCurve[], method: RateMethod): SuggestedRate {
  const rates = curves.flatMap(({ suggestions }) => suggestions?.[method] ?? []).sort((a, b) => a - b);
  const [low, high] = [rates[Math.floor((rates.length - 1) / 2)], rates[Math.ceil((rates.length - 1) / 2)]];
  return { rate: Math.sqrt(low * high), range: [rates[0], rates[rates.length - 1]], n: rates.length };
}

/** The reason that most of the curves give. */
function commonReason(curves: readonly RateCurve[]): RateRefusal {
  const reasons = curves.flatMap(({ reason }) => reason ?? []);
  const count = (reason: RateRefusal): number => reasons.filter((other) => other === reason).length;
  return [...reasons].sort((a, b) => count(b) - count(a))[0] ?? 'stopped';
}

function check(build: unknown, data: Dataset, options: FindLearningRateOptions): void {
  checkOptions(FN, options, {
    minimum: numberIn(0, Infinity, { open: true }),
    maximum: numberIn(0, Infinity, { open: true }),
    steps: integer(20, 2000),
    repeats: integer(1, 100),
    method: oneOf(METHODS),
    batchSize: integer(1),
    optimizer: anything,
    loss: text,
    prepare: record,
    smoothing: numberIn(0, 0.99),
    seed: integer(0),
    signal: signalRule,
    onProgress: fn,
  });
  const { batchSize, optimizer, loss, seed, prepare } = options;
  checkFit(build, data, { batchSize, optimizer, loss, seed, prepare }, FN);
  const { minimum = 1e-7, maximum = 10 } = options;
  if (maximum >= 10 * minimum) return;
  throw new InputError({
    code: 'out-of-range',
    fn: FN,
    param: 'maximum',
    expected: `be at least ten times "minimum" (${minimum})`,
    received: maximum,
  });
}

/**
 * Returns the learning rate that a range test suggests: a model is trained on mini-batches while the learning rate grows by
 * the same factor each step, and the rate is read off the curve of the loss. Use it before the first long training with a new
 * model, optimizer or batch size; it suits the beginning of a training, with a constant rate. It says nothing, with a reason,
 * where the loss does not fall by more than mini-batches differ (three standard errors, each batch against itself without
 * learning).
 *
 * The smoothed loss s_t = Σ β^(t−i) l_i / Σ β^(t−i) falls from where it has come a tenth of the way down to its least value.
 * In log learning rate, `valley` lies two thirds along that fall, `steepest` in the middle of the twelfth of the steps in which
 * it falls most, and `minimum/10` a decade before its end. Each is the median of several repeats with orders (and first
 * weights) of their own; `range` has the smallest and largest. A test ends early when the loss is not finite, or above four
 * times its least and above where it began.
 *
 * @param build a function that builds the model, or a model: its weights are the same afterwards to the last bit, also when
 *   stopped and after an error
 * @param given the training examples
 * @returns `suggestion`, or null and the `reason`; the curves; when aborted, those that were done
 * @throws InputError naming what cannot be used
 * @example
 * const build = ({ tf, inputShape, units }) =>
 *   tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] });
 * const search = await findLearningRate(build, standardize(datasets.iris())[0]);
 * search.suggestion > 0.05 && search.suggestion < 5 // => true
 * @see Leslie Smith, "Cyclical learning rates for training neural networks", 2017
 */
export async function findLearningRate(
  build: BuildModel | LayersModel,
  given: Dataset,
  options: FindLearningRateOptions = {},
): Promise<LearningRateSearch> {
  check(build, given, options);
  const { train: data } = prepareSets(FN, given, undefined, options.prepare);
  const { minimum = 1e-7, maximum = 10, steps = 100, repeats = 3, method = 'valley' } = options;
  const { batchSize = 32, optimizer = 'adam', smoothing = 0.7, seed = 0, signal } = options;
  const begun = performance.now();
  const engine = await useEngine();
  const rates = Array.from({ length: steps }, (_, i) => minimum * (maximum / minimum) ** (i / (steps - 1)));
  const interrupt = currentHost()?.interruptSignal();
  const aborted = (): boolean => Boolean(signal?.aborted || interrupt?.aborted);
  const work = { label: 'searching the learning rate', total: 2 * repeats * steps, unit: 'step' };
  const progress = startProgress(work, options.onProgress);
  const breathe = breather();
  const seeds = Array.from({ length: repeats }, (_, i) => seed + i);
  const curves: RateCurve[] = [];
  let done = 0;
  let tested: RangeTested | undefined;

  async function curveOf(own: number): Promise<RateCurve> {
    tested = await rangeTest({
      ...{ engine, build, data, rates, batchSize, optimizer, aborted, seed: own },
      loss: options.loss,
      enough: (losses, before) => diverged(losses, smoothed(losses, smoothing), before),
      breathe: () => {
        progress.update(++done);
        return breathe();
      },
    });
    const { before, losses: all } = tested;
    const losses = all.filter(Number.isFinite);
    const smooth = smoothed(losses, smoothing);
    const ended = all.length < steps || losses.length < all.length;
    const stopped = losses.length < all.length ? 'non-finite' : !ended ? 'completed' : 'diverged';
    if (aborted() && stopped !== 'completed')
      return {
        seed: own,
        losses,
        smoothed: smooth,
        stopped: 'aborted',
        suggestions: null,
        reason: 'stopped',
      };
    const guess = guessOf(data, tested.loss);
    const verdict = judgeRange({ rates, losses, before, smooth, ended, guess });
    return { seed: own, losses, smoothed: smooth, stopped, ...verdict };
  }

  try {
    for (const own of seeds) {
      if (aborted()) break;
      curves.push(await curveOf(own));
    }
  } finally {
    progress.end(done);
  }
  const told = curves.filter(({ suggestions }) => suggestions !== null);
  const judged = curves.filter(({ stopped }) => stopped !== 'aborted');
  const enough = told.length > 0 && told.length > judged.length / 2;
  const suggestions = enough
    ? (Object.fromEntries(METHODS.map((name) => [name, suggestionOf(told, name)])) as Record<
        RateMethod,
        SuggestedRate
      >)
    : null;
  const warnings = collectWarnings();
  const code = commonReason(judged.length > 0 ? judged : curves);
  if (suggestions && told.length < judged.length) {
    const rest = judged.length - told.length;
    warnings.add(
      'some-say-nothing',
      `${rest} of ${judged.length} repeats say nothing: ${REASONS[code][0]}`,
      rest,
    );
  }
  const [low, high] = suggestions?.[method].range ?? [1, 1];
  if (high > 10 * low) {
    warnings.add(
      'wide-spread',
      `The repeats suggest rates that differ by a factor of ${Math.round(high / low)}.`,
    );
  }
  return asResult({
    kind: 'learning-rate-search' as const,
    name: data.name,
    suggestion: suggestions?.[method].rate ?? null,
    method,
    suggestions,
    reason: suggestions ? null : { code, message: REASONS[code][0], mend: REASONS[code][1] },
    rates,
    curves,
    n: data.n,
    batchSize: Math.min(batchSize, data.n),
    optimizer: typeof optimizer === 'string' ? optimizer : (tested?.optimizer ?? 'unknown'),
    loss: tested?.loss ?? options.loss ?? 'unknown',
    smoothing,
    seeds: curves.map((curve) => curve.seed),
    steps: tested?.steps ?? 'plan',
    seconds: (performance.now() - begun) / 1000,
    warnings: warnings.list(),
  });
}
