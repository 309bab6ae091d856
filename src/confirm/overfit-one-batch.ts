import { anySignal } from '../core/any-signal';
import { currentHost } from '../core/host';
import type { Dataset } from '../data/types';
import { InputError } from '../core/input-error';
import { anything, checkOptions, integer, numberIn, signal as signalRule } from '../core/options';
import { startProgress } from '../core/progress';
import { asResult } from '../core/showable';
import { judgeBatchArm, type JudgedArm } from './batch-arm';
import { batchSetupOf, type BatchOptions } from './batch-setup';
import { floorOnBatch, guessOnBatch } from './best-constant';
import { rankCauses } from './causes';
import { judgeLosses, type BatchOutcome } from './judge-losses';
import type { LiveRun, LiveRuns } from './live-run';
import { oneBatchCauses, signsOf, stillFalling, type OneBatchSigns } from './one-batch-causes';
import type { Confirmation } from './types';
import { digits } from './in-digits';

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
  /** Loss of a guess that knows the labels of the batch but not the inputs. */
  readonly guess: number;
  /** The least loss that any model can reach, and the examples that keep it above zero: equal inputs, different labels. */
  readonly floor: { readonly loss: number; readonly conflicting: number };
  /** Penalties on the first weights; the losses leave penalties out. */
  readonly penalty: number;
  /** What was seen on the way that the weights of the causes follow. */
  readonly signs: readonly (keyof OneBatchSigns)[];
  /** Layers with weights that are frozen, or that no gradient reached at the end. */
  readonly unreached: readonly string[];
  /** Layers whose dropout, noise or augmentation was turned off. */
  readonly turnedOff: readonly string[];
}

const SENTENCES: Readonly<Record<BatchOutcome, string>> = {
  'goes-to-zero': 'The model can learn one batch by heart: model, loss and optimizer work together.',
  rises: 'The loss on one batch rises.',
  explodes: 'The loss on one batch explodes.',
  oscillates: 'The loss on one batch oscillates.',
  plateaus: 'The loss on one batch stays up.',
};

/** Rounds of steps at most, while the loss still falls. */
const ROUNDS = 10;

/** The sentence of an outcome, with what else was seen. */
function sentenceOf({ arm, floor }: JudgedArm, signs: OneBatchSigns, unreached: readonly string[]): string {
  const { outcome, steps } = arm;
  if (floor.conflicting > 0) {
    const why = `${floor.conflicting} of the examples equal another with a different label, so that it cannot be below ${digits(floor.loss)}`;
    return outcome === 'goes-to-zero'
      ? `The model learns all of one batch that can be learnt, but not to zero: ${why}.`
      : `${SENTENCES[outcome].replace('.', '')}; ${why}.`;
  }
  if (outcome !== 'plateaus') return SENTENCES[outcome];
  if (signs.constant) return 'The loss on one batch does not move at all.';
  if (signs.died)
    return `The loss on one batch stays up: no gradient reaches ${unreached.join(', ')} any more.`;
  if (signs.stillFalling) return `The loss on one batch still falls after ${steps} steps, too slowly.`;
  return SENTENCES[outcome];
}

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
 * by heart. Use it first whenever training does not work: whatever keeps the loss up on one batch is not the amount of
 * data. It says nothing of unseen examples.
 *
 * It really is one batch: the same examples in the same order in every step, with dropout, noise, random image layers and
 * the dropout of recurrent layers turned off in the model that is built for it. Batch normalisation stays as it is in
 * training, with the statistics of this batch; of one example they are no use. The losses leave penalties on weights out.
 * While the loss still falls (its last eighth at least 1 % below the one before) and is not down, it goes on for up to
 * ten times the steps. Equal inputs with different labels keep the loss above zero; that floor counts as zero.
 *
 * @param subject a run of `fit`, the runs of several seeds (the first is taken), or the function that builds the model
 * @param dataset examples to take the batch from; defaults to the run's training examples
 * @param options `batchSize` (≥ 1; defaults to 16), `steps` (≥ 10; defaults to 200), `learningRate` (> 0; defaults to
 *   the run's own, or 0.001), `optimizer`, `loss`, `seed` (defaults to the run's own, or 0), `signal`
 * @returns `outcome`: `goes-to-zero` (the last tenth at most a tenth of a guess by label frequencies), `rises`, `explodes`,
 *   `oscillates` or `plateaus`; its losses as one arm; the usual causes of that outcome, weighted by what was seen. An abort
 *   gives what was done, with the verdict `aborted`.
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
  const { optimizer, loss, signal: given, ...rest } = options;
  const { signal, release } = anySignal([given, currentHost()?.interruptSignal()]);
  const own = batchSetupOf('overfitOneBatch', run, dataset, { ...rest, signal });
  const setup = { ...own, optimizer: optimizer ?? own.optimizer, loss: loss ?? own.loss };
  const begun = performance.now();
  const progress = startProgress({ label: 'overfitting one batch', total: setup.steps, unit: 'step' });
  const [guess, floor] = [guessOnBatch(setup), floorOnBatch(setup)];
  const more = (losses: readonly number[]): boolean =>
    losses.length < ROUNDS * setup.steps &&
    stillFalling(losses) &&
    judgeLosses(losses, guess, floor.loss) === 'plateaus';
  let judged: JudgedArm | undefined;
  try {
    judged = await judgeBatchArm({ id: 'as-is', title: 'as it was' }, { ...setup, more });
  } finally {
    release();
    progress.end(judged?.arm.steps ?? 0, judged && { loss: judged.arm.finalLoss });
  }
  const { arm, penalty, layers, turnedOff } = judged;
  const aborted = signal.aborted;
  const signs = signsOf(judged, setup);
  const unreached = layers.filter(({ lastGradient }) => lastGradient === 0).map(({ name }) => name);
  const causes = aborted ? [] : rankCauses(oneBatchCauses(arm.outcome, signs));
  return asResult({
    kind: 'confirmation' as const,
    experiment: 'overfit-one-batch',
    finding: null,
    outcome: arm.outcome,
    n: setup.batch.length,
    learningRate: setup.learningRate,
    ...{ guess, floor, penalty, unreached, turnedOff },
    signs: (Object.keys(signs) as (keyof OneBatchSigns)[]).filter((sign) => signs[sign]),
    arms: [arm],
    causes,
    before: causes,
    verdict: aborted ? ('aborted' as const) : ('cannot-tell' as const),
    cause: null,
    message: aborted ? `Stopped after ${arm.steps} steps.` : sentenceOf(judged, signs, unreached),
    fix: causes[0]?.fix ?? '',
    seed: setup.seed,
    seconds: (performance.now() - begun) / 1000,
  });
}
