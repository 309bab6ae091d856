import type { Dataset } from '../data/types';
import { InputError } from '../core/input-error';
import { anything, checkOptions, integer, numberIn, signal as signalRule } from '../core/options';
import { startProgress } from '../core/progress';
import { asResult } from '../core/showable';
import { runBatchArm } from './batch-arm';
import { batchSetupOf, type BatchOptions } from './batch-setup';
import { rankCauses, type CauseWeights } from './causes';
import type { BatchOutcome } from './judge-losses';
import type { LiveRun, LiveRuns } from './live-run';
import type { Confirmation } from './types';

/** Options of {@link overfitOneBatch}. */
export interface OverfitOneBatchOptions extends BatchOptions {
  /** As for `fit`; defaults to the run's own, or to `fit`'s default for a build function. */
  readonly optimizer?: unknown;
  /** As for `fit`; defaults to the run's own, or to `fit`'s default for a build function. */
  readonly loss?: unknown;
}

/** How the training of one batch went, as a confirmation without a finding. */
export interface OneBatch extends Confirmation {
  readonly outcome: BatchOutcome;
  /** Examples in the batch. */
  readonly n: number;
  readonly learningRate: number;
}

/** Usual causes of each outcome, with weights of judgement. */
const USUAL: Readonly<Record<BatchOutcome, CauseWeights>> = {
  'goes-to-zero': {},
  rises: { 'learning-rate-too-high': 0.5, 'wiring-broken': 0.5 },
  explodes: { 'learning-rate-too-high': 0.5, 'inputs-not-scaled': 0.3, 'loss-overflow': 0.2 },
  oscillates: { 'learning-rate-too-high': 0.6, 'labels-without-signal': 0.25, 'inputs-not-scaled': 0.15 },
  plateaus: { 'wiring-broken': 0.4, 'learning-rate-too-low': 0.35, 'inputs-not-scaled': 0.25 },
};

const SENTENCES: Readonly<Record<BatchOutcome, string>> = {
  'goes-to-zero': 'The model can learn one batch by heart: model, loss and optimizer work together.',
  rises: 'The loss on one batch rises.',
  explodes: 'The loss on one batch explodes.',
  oscillates: 'The loss on one batch oscillates.',
  plateaus: 'The loss on one batch stays up.',
};

type BuildFunction = (...args: never[]) => unknown;

function runLike(build: BuildFunction, data: Dataset | undefined): LiveRun {
  if (data?.kind !== 'dataset') {
    throw new InputError({
      code: 'missing',
      fn: 'overfitOneBatch',
      param: 'dataset',
      expected: 'be a dataset when the model is given as a build function',
      received: data,
    });
  }
  const config = { learningRate: 0.001, optimizer: 'adam', loss: undefined };
  return { kind: 'run', log: { config, seed: 0 } as unknown as LiveRun['log'], train: data, build };
}

/** The first of several runs: they differ in their seeds alone. */
function oneOf(subject: LiveRun | LiveRuns): LiveRun {
  if (subject?.kind !== 'runs') return subject;
  const [first] = subject.runs ?? [];
  if (first) return first;
  throw new InputError({
    code: 'missing',
    fn: 'overfitOneBatch',
    param: 'run',
    expected: 'hold at least one live run; logs alone have neither the data nor the model',
  });
}

/**
 * Returns how a fresh model does when it is trained on the same few examples again and again: it should learn them
 * by heart. Use it first whenever training does not work: whatever keeps the loss up on one batch is not the data.
 * No shuffling and always the same examples. It says nothing of unseen examples.
 *
 * @param subject a run of `fit`, the runs of several seeds (the first is taken), or the function that builds the model
 * @param dataset examples to take the batch from; defaults to the run's training examples
 * @param options `batchSize` (≥ 1; defaults to 16), `steps` (≥ 10; defaults to 200), `learningRate` (> 0; defaults to
 *   the run's own, or 0.001), `optimizer`, `loss`, `seed` (defaults to the run's own, or 0), `signal`
 * @returns `outcome`: `goes-to-zero`, `rises`, `explodes`, `oscillates` or `plateaus`; its losses as one arm; the
 *   usual causes of that outcome. An abort gives what was done, with the verdict `aborted`.
 * @throws InputError `missing` without data or a build function, `out-of-range`, `unknown-option`
 * @see Karpathy, "A recipe for training neural networks", 2019; Tobin, "Troubleshooting deep neural networks", 2019
 */
export async function overfitOneBatch(
  subject: LiveRun | LiveRuns | BuildFunction,
  dataset?: Dataset,
  options: OverfitOneBatchOptions = {},
): Promise<OneBatch> {
  checkOptions('overfitOneBatch', options, {
    batchSize: integer(1),
    steps: integer(10),
    learningRate: numberIn(0, Infinity, { open: true }),
    optimizer: anything,
    loss: anything,
    seed: integer(0),
    signal: signalRule,
  });
  const run = typeof subject === 'function' ? runLike(subject, dataset) : oneOf(subject);
  const { optimizer, loss, signal, ...rest } = options;
  const own = batchSetupOf('overfitOneBatch', run, dataset, { ...rest, signal });
  const setup = { ...own, optimizer: optimizer ?? own.optimizer, loss: loss ?? own.loss };
  const begun = performance.now();
  const progress = startProgress({ label: 'overfitting one batch', total: setup.steps, unit: 'step' });
  const arm = await runBatchArm({ id: 'as-is', title: 'as it was' }, setup);
  progress.end(arm.steps, { loss: arm.finalLoss });
  const aborted = signal?.aborted ?? false;
  const causes = aborted ? [] : rankCauses(USUAL[arm.outcome]);
  return asResult({
    kind: 'confirmation' as const,
    experiment: 'overfit-one-batch',
    finding: null,
    outcome: arm.outcome,
    n: setup.batch.length,
    learningRate: setup.learningRate,
    arms: [arm],
    causes,
    before: causes,
    verdict: aborted ? ('aborted' as const) : ('cannot-tell' as const),
    cause: null,
    message: aborted ? `Stopped after ${arm.steps} steps.` : SENTENCES[arm.outcome],
    fix: causes[0]?.fix ?? '',
    seed: setup.seed,
    seconds: (performance.now() - begun) / 1000,
  });
}
