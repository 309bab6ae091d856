import type { RunLog } from '../../../src/build/types';
import type { DifficultySlices } from '../../../src/look/types';
import type { Predictions } from '../../../src/metrics/types';
import type { DiagnoseSubject } from '../../../src/suspect/diagnose-subjects';
import { CONFUSION, epoch, fullLog, outcome, steadily } from '../make-log';
import type { Plant } from './plant';

const GUESS = Math.log(10);

/** Skill on training of a loss of 0.3: at least 1 − (0.3 + 2 · 0.02) / guess. */
const KNOWN = 1 - 0.34 / GUESS;

/** Validation that was at this loss for three epochs, and then at another. */
const carrying = (early: number, late: number): RunLog =>
  fullLog({
    epochs: Array.from({ length: 10 }, (_, i) => epoch(i + 1, [0.3], [i < 3 ? early : late])),
  });

/** Two classes of fifty, `told` of them as each other. */
const swapped = (told: number): RunLog => {
  const row = (own: number): number[] =>
    Array.from({ length: 10 }, (_, j) => (j === own ? 50 - told / 2 : j === 1 - own ? told / 2 : 0));
  const confusion = [row(0), row(1), ...CONFUSION.slice(2)];
  return fullLog({ outcome: { train: outcome(), validation: outcome({ confusion }) } });
};

/** Validation at 0.2, but for the last of eight epochs; training falls. */
export const rising = (rise: number, accuracies: readonly (number | undefined)[] = []): RunLog =>
  fullLog({
    epochs: Array.from({ length: 8 }, (_, i) =>
      epoch(i + 1, [1 - 0.1 * i], [0.2 + (i === 7 ? rise : 0), accuracies[i]]),
    ),
  });

/** Error of the rise: √(2 · 0.02² · (1 − 0.8)). */
export const RISE_ERROR = 0.02 * Math.sqrt(0.4);

/** 400 predictions whose losses are 0.4 above and below this mean. */
export function tested(mean: number, n = 400): DiagnoseSubject {
  const loss = Array.from({ length: n }, (_, i) => mean + (i % 2 === 0 ? 0.4 : -0.4));
  return { run: fullLog(), predictions: { loss } as unknown as Predictions };
}

/** Validation of the full log ends at 0.25 ± 0.02; the sum of squares of the losses is 400 · 0.4². */
const TEST_ERROR = Math.hypot(Math.sqrt((400 * 0.16) / 399 / 400), 0.02);

const slice = (label: string, errors: number): DifficultySlices['slices'][number] => ({
  ...{ label, from: 0, to: 1, n: 100, errors, error: errors / 100, interval: [0, 1] },
  ...{ shareOfExamples: 0.5, shareOfErrors: 0.5, shareOfErrorsInterval: [0, 1] },
  ...{ gainIfFixed: 0, gainInterval: [0, 0], indices: [] },
});

/** Two halves by difficulty, each of 100 examples with so many errors. */
export const sliced = (easy: number, hard: number, z: number, circular = false): DiagnoseSubject => ({
  run: fullLog(),
  slices: {
    kind: 'difficulty-slices',
    name: 'tiny',
    difficulty: { source: 'human', title: 'rated by people', unit: '', circular },
    metric: 'error-rate',
    n: 200,
    overall: { error: (easy + hard) / 200, errors: easy + hard, interval: [0, 1] },
    level: 0.95,
    slices: [slice('easiest half', easy), slice('hardest half', hard)],
    trend: { z, pValue: 0.001, n: 200, direction: z < 0 ? 'easier-is-worse' : 'harder-is-worse' },
    inversion: null,
    warnings: [],
  },
});

/** A run with validation accuracy 0.98 on 400 examples, where people reach this. */
const people = (value: number): RunLog =>
  fullLog({
    epochs: [epoch(1, [0.1, 0.99], [0.1, 0.98])],
    goals: { humanLevel: { metric: 'accuracy', value, source: 'two people' }, baseline: null },
  });
/** Agresti–Coull: (392 + 2) / 404 right. */
const PEOPLE_ERROR = Math.sqrt(((394 / 404) * (10 / 404)) / 404);

export const VALIDATION_PLANTS: readonly Plant[] = [
  {
    ...{ check: 'validation-level', code: 'guesses-on-validation', severity: 'error' },
    cause: 'validation-differs',
    where: { epoch: 10 },
    at: (s) => fullLog({ epochs: steadily([0.3], [s * GUESS + 0.04]) }),
  },
  {
    ...{ check: 'validation-level', code: 'validation-far-below', severity: 'warning' },
    cause: 'validation-differs',
    where: { epoch: 10 },
    // Skill on validation, at most 1 − (loss − 0.04) / guess, is s below that on training; nothing of it was there early.
    at: (s) => carrying(2.28, (1 - KNOWN + s) * GUESS + 0.04),
  },
  {
    ...{ check: 'validation-level', code: 'memorised', severity: 'warning', cause: 'too-few-examples' },
    where: { epoch: 10 },
    // On training at least 1 − 0.05 / guess, on validation at most 1 − (loss − 0.04) / guess.
    at: (s) => fullLog({ epochs: steadily([0.01], [s * GUESS + 0.09]) }),
    healthy: fullLog({ epochs: steadily([0.01], [0.2]) }),
  },
  {
    ...{ check: 'validation-level', code: 'labels-permuted', severity: 'error', cause: 'class-codes-differ' },
    where: { epoch: 10, class: '0' },
    // Of 100, (100 + 10 s) / 2 as each other: the difference is 10 s, and √100 its standard error.
    at: (s) => swapped(50 + 5 * s),
    healthy: swapped(40),
  },
  {
    ...{ check: 'validation-level', code: 'validation-below-chance', severity: 'error' },
    cause: 'class-codes-differ',
    where: { epoch: 10 },
    // A tenth of 400 by any fixed answer: standard error √(0.1 · 0.9 / 400) = 0.015.
    at: (s) => fullLog({ epochs: steadily([0.3, 0.95], [3, 0.1 - 0.015 * s]) }),
  },
  {
    ...{ check: 'overfitting', code: 'validation-rises', severity: 'warning', cause: 'trained-too-long' },
    where: { epoch: 1, lastEpoch: 8 },
    // Its course is straight but for the last bend, so that there is no jitter.
    at: (z) => rising(z * RISE_ERROR),
    healthy: rising(0.015),
  },
  {
    ...{ check: 'overfitting', code: 'loss-and-metric-disagree', severity: 'info', cause: 'overconfident' },
    where: { epoch: 1, lastEpoch: 8 },
    at: (z) => rising(z * RISE_ERROR, new Array<number>(8).fill(0.5)),
    healthy: rising(0, new Array<number>(8).fill(0.5)),
  },
  {
    ...{ check: 'validation-too-good', code: 'validation-beats-train', severity: 'warning' },
    cause: 'validation-easier',
    where: { epoch: 1 },
    // Error of the difference: √(0.02² + 0.02²).
    at: (z) => fullLog({ epochs: [epoch(1, [0.5], [0.5 - z * Math.hypot(0.02, 0.02)])] }),
    // Accuracy does not agree.
    healthy: fullLog({ epochs: [epoch(1, [0.5, 0.9], [0.2, 0.89])] }),
  },
  {
    ...{ check: 'validation-too-good', code: 'validation-beats-people', severity: 'warning' },
    cause: 'label-in-features',
    where: { epoch: 1 },
    at: (z) => people(0.98 - z * PEOPLE_ERROR),
    healthy: people(0.97),
  },
  {
    ...{
      check: 'test-level',
      code: 'test-far-from-validation',
      severity: 'warning',
      cause: 'validation-differs',
    },
    where: {},
    at: (z) => tested(0.25 + z * TEST_ERROR),
    healthy: tested(0.24),
  },
  {
    ...{ check: 'easy-worse-than-hard', code: 'easier-is-worse', severity: 'warning', cause: 'labels-noisy' },
    where: { slice: 'easiest half' },
    at: (z) => sliced(30, 10, -z),
    healthy: sliced(10, 30, 9),
  },
];
