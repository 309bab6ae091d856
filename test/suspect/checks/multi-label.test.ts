import type { EpochRecord, RunLog, Scores } from '../../../src/build/types';
import { guessOnBatch } from '../../../src/confirm/best-constant';
import { expectedStart } from '../../../src/confirm/batch-experiment';
import { findDuplicates } from '../../../src/confirm/duplicates';
import { reshuffled } from '../../../src/confirm/pool-split';
import { fit } from '../../../src/build/fit';
import { dataset } from '../../../src/data/dataset';
import { takeExamples } from '../../../src/data/take-examples';
import { diagnose } from '../../../src/suspect/diagnose';
import { isPerUnit, priorOf } from '../../../src/build/prior';
import { sigmoids, weather } from '../../build/labels';
import { estimate, makeLog } from '../make-log';

const base = makeLog();
const counts = [500, 250, 100];
const entropy = (p: number): number => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
/** Mean of the entropies of labels that 1/2, 1/4 and 1/10 of the examples have: 0.5266 nats. */
const PRIOR = (entropy(0.5) + entropy(0.25) + entropy(0.1)) / 3;

const scored = (loss: number, wrong: number): Scores => ({
  loss: estimate(loss),
  metrics: { accuracy: estimate(0.5), hammingLoss: estimate(wrong, 0.01) },
});
const epochs = (train: Scores, validation: Scores): EpochRecord[] =>
  Array.from({ length: 10 }, (_, e) => ({
    ...base.epochs[e],
    ...{ running: train, train, validation },
  }));
const logOf = (change: Partial<RunLog> = {}): RunLog =>
  makeLog({
    task: 'multi-label',
    classes: ['a', 'b', 'c'],
    config: { ...base.config, loss: 'binaryCrossentropy', metrics: ['accuracy', 'hammingLoss'] },
    data: { train: { ...base.data.train!, classCounts: counts }, validation: base.data.validation },
    initial: scored(0.7, 0.5),
    epochs: epochs(scored(0.2, 0.05), scored(0.25, 0.08)),
    ...change,
  });
const codes = (log: RunLog): string[] => diagnose(log).findings.map(({ code }) => code);

describe('priorOf with several labels', () => {
  it('is the mean entropy of the labels, right where the commoner answer is', () => {
    const prior = priorOf(logOf().data.train!, 'binaryCrossentropy', 'multi-label');
    expect(prior.loss).toBeCloseTo(PRIOR, 12);
    expect(prior.accuracy).toBeCloseTo((0.5 + 0.75 + 0.9) / 3, 12);
    expect(priorOf(logOf().data.train!, 'categoricalCrossentropy', 'multi-label').loss).toBeNaN();
  });

  it('is that of each unit for one of three classes and binary cross-entropy too', () => {
    const data = { ...base.data.train!, classCounts: [500, 250, 250] };
    const { loss, accuracy } = priorOf(data, 'binaryCrossentropy', 'classification');
    expect(loss).toBeCloseTo((entropy(0.5) + 2 * entropy(0.25)) / 3, 12);
    expect(accuracy).toBe(0.5);
    expect(['binaryCrossentropy', 'sigmoidCrossEntropy', 'meanSquaredError'].map(isPerUnit)).toEqual([true, true, false]); // prettier-ignore
  });
});

describe('checks of runs with several labels', () => {
  it('find nothing in a healthy run, and look at it', () => {
    const { findings, outcomes } = diagnose(logOf());
    expect(findings).toEqual([]);
    const looked = outcomes.filter(({ status }) => status === 'nothing-found').map(({ check }) => check);
    expect(looked).toEqual([
      ...['label-order', 'target-centre', 'non-finite', 'initial-loss', 'loss-course', 'progress'],
      ...['not-learning', 'inference-mode', 'validation-level', 'overfitting', 'validation-too-good'],
    ]);
  });

  it('know where a loss starts: by quarters of a nat above ln 2, by shares below the prior', () => {
    const score = (loss: number): Readonly<Record<string, number>> =>
      diagnose(logOf({ initial: scored(loss, 0.5) }), { checks: ['initial-loss'] }).outcomes[0].scores;
    // Luck: two standard errors of 0.02.
    expect(score(Math.LN2 + 0.04 + 0.25 * 3)['starts-too-high']).toBeCloseTo(3, 12);
    expect(score(0.2 * PRIOR - 0.04)['starts-too-low']).toBeCloseTo(0.8, 12);
    const config = { ...logOf().config, loss: 'categoricalCrossentropy' };
    const { outcomes } = diagnose(logOf({ config, initial: scored(9, 0.5) }), { checks: ['initial-loss'] });
    expect(outcomes[0].status).toBe('cannot-tell');
  });

  it('know a model that does not beat a guess', () => {
    const bad = scored(PRIOR, 1 - (0.5 + 0.75 + 0.9) / 3);
    expect(codes(logOf({ epochs: epochs(bad, bad) }))).toEqual(['no-better-than-guessing']);
  });

  it('know one that learns its examples by heart, and count labels in the sentence', () => {
    const { findings } = diagnose(logOf({ epochs: epochs(scored(0.01, 0), scored(2, 0.35)) }));
    expect(findings.map(({ code }) => code)).toContain('guesses-on-validation');
    const { message } = findings.find(({ code }) => code === 'guesses-on-validation')!;
    expect(message).toBe(
      'The model knows its training examples (100 % of labels right) but guesses on validation: 65 %, where the commoner answer to each label alone gives 71.7 %.',
    );
    // A loss below that of a guess by more than luck: it has learnt something.
    expect(codes(logOf({ epochs: epochs(scored(0.01, 0), scored(0.3, 0.2)) }))).not.toContain(
      'guesses-on-validation',
    );
  });
});

describe('experiments with several labels', () => {
  const d = dataset({ features: [[1], [2], [3], [1]], labels: [['a', 'b'], ['a'], [], ['b']] });

  it('know what a guess reaches on a batch', () => {
    // Of rows 0 and 1 both have a, one has b.
    expect(guessOnBatch({ data: d, batch: [0, 1] })).toBeCloseTo((0 + Math.LN2) / 2, 12);
    expect(expectedStart(logOf(), d)).toBe(Math.LN2);
  });

  it('take examples for copies only where all labels are the same', () => {
    const one = takeExamples(d, [0]);
    expect(findDuplicates(one, takeExamples(d, [0, 3])).indices).toEqual([0]);
    const pool = reshuffled(takeExamples(d, [0, 1]), takeExamples(d, [2, 3]), 1);
    const rows = [pool.train, pool.validation].flatMap(({ ids, labels, features }) =>
      ids.map((_, i) => [features.values[i], ...labels.subarray(2 * i, 2 * i + 2)].join()),
    );
    expect(rows.sort()).toEqual(['1,0,1', '1,1,1', '2,1,0', '3,0,0']);
  });

  it('tell labels without signal from a faulty training', async () => {
    const all = weather(240);
    const labels = takeExamples(all, Array.from({ length: 240 }, (_, i) => (i + 7) % 240)).labels; // prettier-ignore
    const shifted = { ...all, labels };
    const train = takeExamples(
      shifted,
      Array.from({ length: 120 }, (_, i) => i),
    );
    const validation = takeExamples(
      shifted,
      Array.from({ length: 120 }, (_, i) => 120 + i),
    );
    const wide = { validation, epochs: 40, learningRate: 0.02, live: false };
    const run = await fit(
      ({ tf, inputShape, units }) =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape, units: 128, activation: 'relu' }),
            tf.layers.dense({ units: 64, activation: 'relu' }),
            tf.layers.dense({ units, activation: 'sigmoid' }),
          ],
        }),
      train,
      wide,
    );
    const [finding] = diagnose(run).findings;
    expect(finding.code).toBe('guesses-on-validation');
    expect((await finding.confirm()).causes[0].id).toBe('labels-without-signal');
    run.dispose();
  });

  it('tell a rate that is too high', async () => {
    const run = await fit(sigmoids, weather(200), {
      epochs: 12,

      learningRate: 5,
      live: false,
    });
    const [finding] = diagnose(run).findings;
    expect(['diverged', 'no-better-than-guessing', 'non-finite-value']).toContain(finding.code);
    const { causes, experiment } = await finding.confirm();
    expect([experiment, causes[0].id]).toEqual(['learning-rate-lower', 'learning-rate-too-high']);
    run.dispose();
  });
});
