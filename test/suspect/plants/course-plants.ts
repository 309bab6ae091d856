import type { RunLog } from '../../../src/build/types';
import {
  chain,
  configured,
  CONFUSION,
  epoch,
  fullLog,
  layer,
  OUT,
  outcome,
  scores,
  steadily,
} from '../make-log';
import type { Plant } from './plant';

/** Loss of a guess among ten equal classes. */
const GUESS = Math.log(10);

const epochsOf = (losses: readonly number[]): Pick<RunLog, 'epochs'> => ({
  epochs: losses.map((loss, i) => epoch(i + 1, [loss], [loss + 0.05])),
});

/**
 * A loss that falls from `first` to `last` in ten epochs, over the last three of them at `pace` times its mean pace:
 * by pace · 3/10 of all its fall.
 */
function falling(first: number, last: number, pace: number): Pick<RunLog, 'initial' | 'epochs'> {
  const [all, late] = [first - last, (pace * 3 * (first - last)) / 10];
  const early = Array.from({ length: 7 }, (_, i) => first - ((i + 1) * (all - late)) / 7);
  const end = [2, 1, 0].map((left) => last + (left * late) / 3);
  return { initial: scores(first), ...epochsOf([...early, ...end]) };
}

/** Losses that swing by `by` up and down about 1: their second differences are 4 · by. */
const swinging = (by: number): RunLog =>
  fullLog(epochsOf(Array.from({ length: 10 }, (_, i) => 1 + (i % 2 === 0 ? by : -by))));

/** Twenty steps at a loss of 0.5, but for the fifteenth. */
const jumping = (peak: number): RunLog => {
  const loss = Array.from({ length: 20 }, (_, i) => (i === 14 ? peak : 0.5));
  return fullLog({ steps: { stride: 1, loss, learningRate: loss } });
};

const withoutHidden = (residual: number, loss = 1): RunLog =>
  fullLog({
    model: chain(OUT),
    epochs: steadily([loss], null),
    outcome: { train: outcome({ residual: { column: 1, share: residual } }), validation: null },
  });

/** Answers in which the class 0 is told as 1 so many times, and never predicted. */
const neverZero = (count: number): RunLog => {
  const confusion = CONFUSION.map((row, k) =>
    k === 0 ? [0, count, 0, 0, 0, 0, 0, 0, 0, 0] : row.map((told, j) => (j === 0 ? 0 : told)),
  );
  return fullLog({ outcome: { train: outcome(), validation: outcome({ confusion }) } });
};

export const inUse = (running: number, inference: number, rest: Partial<RunLog> = {}): RunLog =>
  fullLog({
    epochs: steadily([inference]).map((one) => ({ ...one, running: scores(running) })),
    ...rest,
  });

export const COURSE_PLANTS: readonly Plant[] = [
  {
    ...{ check: 'non-finite', code: 'non-finite-value', severity: 'error', cause: 'learning-rate-too-high' },
    where: { epoch: 1, step: 7, layer: 'hidden' },
    at: () => fullLog({ nonFinite: { what: 'weight', step: 7, epoch: 1, layer: 'hidden' } }),
    healthy: fullLog({ steps: { stride: 1, loss: [1e30], learningRate: [1] } }),
  },
  {
    ...{ check: 'non-finite', code: 'non-finite-input', severity: 'error', cause: 'input-not-a-number' },
    where: { epoch: 1, step: 2 },
    at: () => fullLog({ nonFinite: { what: 'input', step: 2, epoch: 1 } }),
  },
  {
    ...{ check: 'initial-loss', code: 'starts-too-high', severity: 'warning', cause: 'weights-too-large' },
    where: { step: 0 },
    // Two standard errors of 0.02 are luck, and one nat is spared: the score is what is above in nats.
    at: (s) => fullLog({ initial: scores(GUESS + 0.04 + s) }),
  },
  {
    ...{ check: 'initial-loss', code: 'starts-too-low', severity: 'warning', cause: 'already-trained' },
    where: { step: 0 },
    at: (s) => fullLog({ initial: scores((1 - s) * GUESS - 0.04), epochs: [] }),
    // Where little of what is learnt later was there at the start, random weights were lucky.
    healthy: fullLog({ initial: scores(1.5), ...epochsOf([1, 0.5, 0.1]) }),
  },
  {
    ...{
      check: 'loss-course',
      code: 'loss-oscillates',
      severity: 'warning',
      cause: 'learning-rate-too-high',
    },
    where: { epoch: 5, lastEpoch: 10 },
    at: (s) => swinging((s * GUESS * Math.sqrt(6)) / (4 * 1.4826)),
    healthy: swinging(0.05),
  },
  {
    ...{ check: 'loss-course', code: 'loss-spikes', severity: 'warning', cause: 'learning-rate-too-high' },
    where: { step: 15, epoch: 2 },
    // Of 400 examples with a standard error of 0.02, a batch of 100 has one of 0.02 · √(400/100) = 0.04; six of them are spared.
    at: (s) => jumping((GUESS + 0.24) * 10 ** s),
    healthy: jumping(3),
  },
  {
    ...{ check: 'loss-course', code: 'loss-below-possible', severity: 'error' },
    cause: 'output-does-not-fit-loss',
    where: {},
    at: () => fullLog(epochsOf([1, 0.5, 0.2, -0.01])),
    healthy: fullLog(epochsOf([1, 0.5, 0.2, -1e-8])),
  },
  {
    ...{ check: 'progress', code: 'still-improving', severity: 'warning', cause: 'trained-too-short' },
    where: { epoch: 8, lastEpoch: 10 },
    at: (pace) => fullLog(falling(2.4, 1.2, pace)),
    healthy: fullLog(falling(2.4, 1.2, 0.05)),
  },
  {
    ...{ check: 'progress', code: 'learns-too-slowly', severity: 'warning', cause: 'learning-rate-too-low' },
    where: { epoch: 1, lastEpoch: 10 },
    // What is left is all of a guess' loss, so that the pace alone counts.
    at: (pace) => fullLog({ ...falling(2.8, 2.4, pace), layers: [layer('hidden', { updateRatio: 1e-5 })] }),
    healthy: fullLog(falling(2.8, 2.4, 0.1)),
  },
  {
    ...{ check: 'progress', code: 'batch-too-large', severity: 'warning', cause: 'batch-too-large' },
    where: { epoch: 1, lastEpoch: 10 },
    at: (pace) => configured({ stepsPerEpoch: 2, batchSize: 500 }, falling(2.4, 1.2, pace)),
    healthy: configured({ stepsPerEpoch: 2, batchSize: 500 }, falling(2.4, 1.2, 0.05)),
  },
  {
    ...{ check: 'not-learning', code: 'diverged', severity: 'error', cause: 'learning-rate-too-high' },
    where: { epoch: 10 },
    // Luck of 0.04 above the loss before training, 2.4, which is above that of a guess.
    at: (s) => fullLog({ epochs: steadily([2.4 * 10 ** s + 0.04]) }),
    healthy: fullLog({ epochs: steadily([0.001, 1]) }),
  },
  {
    ...{ check: 'not-learning', code: 'no-better-than-guessing', severity: 'error' },
    cause: 'labels-without-signal',
    where: { epoch: 10 },
    // At most 1 − (loss − 0.04) / guess better than a guess.
    at: (s) => fullLog({ epochs: steadily([s * GUESS + 0.04]) }),
  },
  {
    ...{ check: 'underfitting', code: 'underfits', severity: 'warning', cause: 'model-too-small' },
    where: { column: 'b', epoch: 10 },
    at: (share) => withoutHidden(share),
    // What is nearly gone needs no explanation: 0.3 · 0.01/2.3 / 0.15 = 0.009.
    healthy: withoutHidden(0.3, 0.01),
  },
  {
    ...{ check: 'underfitting', code: 'below-goal', severity: 'info', cause: 'model-too-small' },
    where: { epoch: 10 },
    // Standard error of a goal of 0.9 on 400 examples: √((0.9 · 0.1 + 1/400) / 400) = 0.0152.
    at: (z) =>
      fullLog({
        epochs: steadily([0.3, 0.9 - z * Math.sqrt(0.0925 / 400)]),
        goals: { humanLevel: { metric: 'accuracy', value: 0.9, source: 'two people' }, baseline: null },
      }),
    healthy: fullLog({
      goals: { humanLevel: { metric: 'accuracy', value: 0.9, source: 'two people' }, baseline: null },
    }),
  },
  {
    ...{ check: 'answers', code: 'constant-output', severity: 'error', cause: 'units-dead' },
    where: {},
    at: (s) => fullLog({ outcome: { train: outcome(), validation: outcome({ spread: 0.3 * 10 ** -s }) } }),
  },
  {
    ...{ check: 'answers', code: 'class-never-predicted', severity: 'warning', cause: 'model-too-small' },
    where: { class: '0' },
    at: (s) => neverZero(s * s),
    healthy: neverZero(4),
  },
  {
    ...{ check: 'inference-mode', code: 'train-and-inference-differ', severity: 'warning' },
    cause: 'learning-rate-too-high',
    where: { epoch: 10 },
    at: (s) => inUse(0.5, 0.54 + s * GUESS),
    // Dropout makes the running loss the higher one.
    healthy: inUse(1.5, 0.5),
  },
];
