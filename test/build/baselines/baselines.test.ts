import { baselines } from '../../../src/build/baselines';
import type { Baseline, Baselines, BaselineName } from '../../../src/build/baselines/types';
import type { ProgressEvent } from '../../../src/core/progress';
import { random } from '../../../src/core/random';
import { dataset } from '../../../src/data/dataset';
import { datasets } from '../../../src/data/datasets';
import { splitDataset } from '../../../src/data/split-dataset';
import { takeExamples } from '../../../src/data/take-examples';
import type { Dataset } from '../../../src/data/types';
import { difficulty } from '../../../src/look/difficulty';
import { blobs, plane } from '../helpers';

const rowOf = (ladder: Baselines, model: BaselineName): Baseline =>
  ladder.rows.find((row) => row.model === model)!;
const FAST: readonly BaselineName[] = [
  'majority class', 'class prior', 'logistic regression', 'nearest neighbour', 'boosted trees',
]; // prettier-ignore

describe('baselines of classes', () => {
  const { train, validation } = splitDataset(datasets.wine(), { validation: 0.25, seed: 1 });
  let ladder: Baselines;
  beforeAll(async () => {
    ladder = await baselines(train, validation, { seeds: 3 });
  });

  it('goes from the majority class to a network', () => {
    expect(ladder.rows.map(({ model }) => model)).toEqual([...FAST, 'small MLP']);
    expect(ladder.rows.every(({ trainedOn, n }) => trainedOn === 133 && n === 45)).toBe(true);
    expect([ladder.skipped, ladder.pending, ladder.stopped]).toEqual([[], [], 'completed']);
  });

  it('has the shares of the classes for its floor: their accuracy, and their log loss', () => {
    // Training: 44, 53, 36 of 133; validation: 15, 18, 12 of 45. The second class is said of all.
    const counts = [0, 1, 2].map((k) => train.labels.filter((label) => label === k).length);
    expect(counts).toEqual([44, 53, 36]);
    expect(rowOf(ladder, 'majority class').score).toBeCloseTo(18 / 45, 12);
    const loss = -(15 * Math.log(44 / 133) + 18 * Math.log(53 / 133) + 12 * Math.log(36 / 133)) / 45;
    expect(rowOf(ladder, 'class prior').loss).toBeCloseTo(loss, 6);
    expect(rowOf(ladder, 'majority class').loss).toBeNaN();
  });

  it('learns, and says how the networks spread over their seeds', () => {
    for (const row of ladder.rows.filter(({ trivial }) => !trivial)) {
      expect(row.score).toBeGreaterThan(0.9);
      expect(row.interval[0]).toBeLessThan(row.score);
      expect(row.spread === null).toBe(row.model !== 'small MLP');
    }
    expect(rowOf(ladder, 'small MLP').spread!.n).toBe(3);
    expect(rowOf(ladder, 'nearest neighbour').trainScore).toBe(1);
    expect(rowOf(ladder, 'logistic regression').size).toEqual({ count: 42, unit: 'parameters', bytes: 336 });
  });

  it('compares on the same examples and ends with a sentence', () => {
    const majority = rowOf(ladder, 'majority class').behindBest!;
    expect(majority.clearlyWorse).toBe(true);
    expect(majority.difference).toBeCloseTo(rowOf(ladder, ladder.best!).score - 18 / 45, 12);
    expect(majority.pValue).toBeLessThan(0.001);
    expect(ladder.simplestGood).toBe('logistic regression');
    expect(ladder.message).toContain('"logistic regression" is the simplest good model');
  });

  it('serves as goal and as difficulty, live but not in the JSON', () => {
    const goal = ladder.goal('nearest neighbour');
    expect(goal).toEqual({
      metric: 'accuracy',
      value: rowOf(ladder, 'nearest neighbour').score,
      source: 'nearest neighbour',
    });
    expect(ladder.goal().source).toBe('logistic regression');
    const own = ladder.predictions('boosted trees');
    const hard = difficulty(own, { source: 'reference-model', reference: ladder.predictions() });
    expect(hard.circular).toBe(false);
    expect(hard.n).toBe(45);
    const plain = JSON.parse(JSON.stringify(ladder)) as Baselines;
    expect(plain.message).toBe(ladder.message);
    expect('predictions' in plain.rows[0]).toBe(false);
    expect(() => ladder.goal('ridge regression')).toThrow('must be one of those that were trained');
  });

  it('gives the same numbers again', async () => {
    const again = await baselines(train, validation, { seeds: 3 });
    const numbers = ({ rows }: Baselines): unknown => rows.map(({ seconds, ...row }) => [row, seconds > -1]);
    expect(JSON.stringify(numbers(again))).toBe(JSON.stringify(numbers(ladder)));
  });
});

describe('baselines of other tasks', () => {
  it('has mean, median and ridge for values', async () => {
    const { train, validation } = splitDataset(plane(200), { validation: 0.3, seed: 2 });
    const ladder = await baselines(train, validation, { seeds: 1 });
    expect(ladder.rows.map(({ model }) => model)).toEqual([
      'mean', 'median', 'ridge regression', 'nearest neighbour', 'boosted trees', 'small MLP',
    ]); // prettier-ignore
    const labels = Array.from(train.labels);
    const mean = labels.reduce((sum, value) => sum + value, 0) / labels.length;
    const away = Array.from(validation.labels, (value) => Math.abs(value - mean));
    expect(rowOf(ladder, 'mean').score).toBeCloseTo(away.reduce((a, b) => a + b, 0) / away.length, 6);
    expect(ladder.best).toBe('ridge regression');
    expect(rowOf(ladder, 'ridge regression').score).toBeLessThan(0.12);
    expect(rowOf(ladder, 'small MLP').score).toBeLessThan(rowOf(ladder, 'mean').score / 2);
    expect(rowOf(ladder, 'small MLP').trainScore).toBeLessThan(1);
  });

  it('learns each of several labels', async () => {
    const stream = random(4);
    const features = Array.from({ length: 240 }, () => [stream.normal(), stream.normal()]);
    const labels = features.map(([a, b]) => [...(a > 0 ? ['rain'] : []), ...(b > 0.3 ? ['wind'] : [])]);
    const { train, validation } = splitDataset(dataset({ features, labels }), { validation: 0.25 });
    const ladder = await baselines(train, validation, { seeds: 1 });
    expect(ladder.rows.map(({ model }) => model)).toEqual([
      'majority of each label', 'label prior', 'logistic regression', 'nearest neighbour', 'boosted trees',
      'small MLP',
    ]); // prettier-ignore
    for (const { trivial, score } of ladder.rows) expect(score > 0.75).toBe(!trivial);
  });

  it('reads texts by their terms, and trains convolutions on images and series', async () => {
    const sentences = datasets.sentences();
    const rows = Array.from({ length: 300 }, (_, i) => i * 10);
    const first = Array.from({ length: 240 }, (_, i) => i);
    const { train, validation } = splitDataset(takeExamples(sentences, rows), { validation: 0.3 });
    const text = await baselines(train, validation, {
      models: ['majority class', 'naive Bayes', 'logistic regression', 'nearest neighbour'],
    });
    expect(rowOf(text, 'naive Bayes').score).toBeGreaterThan(0.45);
    expect(rowOf(text, 'logistic regression').score).toBeGreaterThan(0.45);
    const digits = splitDataset(takeExamples(datasets.digits(), first), { validation: 0.3 });
    const image = await baselines(digits.train, digits.validation, { seeds: 1, models: ['small CNN'] });
    expect(rowOf(image, 'small CNN').score).toBeGreaterThan(0.8);
    const vowels = splitDataset(takeExamples(datasets.vowels(), first), { validation: 0.3 }); // prettier-ignore
    const series = await baselines(vowels.train, vowels.validation, {
      seeds: 1,
      models: ['1-D convolution'],
    });
    expect(rowOf(series, '1-D convolution').score).toBeGreaterThan(0.7);
    expect(series.message).toContain('"1-D convolution" alone was trained');
  });

  it('prepares raw columns on the training data', async () => {
    const { train, validation } = splitDataset(datasets.cars(), { validation: 0.25, seed: 1 });
    const ladder = await baselines(train, validation, { models: ['median', 'ridge regression'] });
    expect(rowOf(ladder, 'ridge regression').score).toBeLessThan(3);
    expect(ladder.simplestGood).toBe('ridge regression');
  });
});

describe('baselines at their limits', () => {
  const { train, validation } = splitDataset(blobs(300), { validation: 0.3 });

  it('says what it cannot use', async () => {
    await expect(baselines(train, validation, { model: ['mean'] } as never)).rejects.toThrow(
      'Did you mean "models"?',
    );
    await expect(baselines(train, validation, { models: ['ridge regression'] })).rejects.toThrow(
      'must be of those that fit classification from columns',
    );
    await expect(baselines(train, validation, { models: ['boosted tree'] as never })).rejects.toThrow(
      'Did you mean "boosted trees"?',
    );
    await expect(baselines(train, undefined as never)).rejects.toThrow('"validation" must be');
    await expect(baselines(train, validation, { models: [] })).rejects.toThrow('name at least one model');
    await expect(baselines(train, validation, { seconds: 0 })).rejects.toThrow('"seconds" must be');
    await expect(baselines(train, validation, { goals: { baseline: {} } as never })).rejects.toThrow(
      'baseline',
    );
  });

  it('trains on a sample where there is little time, and leaves out what cannot be', async () => {
    const models = ['majority class', 'nearest neighbour', 'boosted trees'] as const;
    const little = await baselines(train, validation, { models, seconds: 8e-4 });
    expect(rowOf(little, 'majority class').trainedOn).toBe(210);
    expect(little.skipped.map(({ model }) => model)).toEqual(['boosted trees']);
    expect(little.skipped[0].reason).toMatch(/it would take about [\d.]+ s for as few as 100 examples/);
    const less = await baselines(train, validation, { models, seconds: 2.4e-4 });
    expect(rowOf(less, 'nearest neighbour').trainedOn).toBeLessThan(210);
  });

  it('keeps what is done when it is stopped', async () => {
    const controller = new AbortController();
    const onProgress = ({ done }: ProgressEvent): void => {
      if (done === 3) controller.abort();
    };
    const ladder = await baselines(train, validation, {
      models: FAST,
      signal: controller.signal,
      onProgress,
    });
    expect(ladder.stopped).toBe('aborted');
    expect(ladder.rows).toHaveLength(3);
    expect(ladder.pending).toEqual(['nearest neighbour', 'boosted trees']);
    const none = await baselines(train, validation, { signal: AbortSignal.abort() });
    expect([none.rows.length, none.best, none.message]).toEqual([0, null, 'No model has been trained.']);
  });

  it('reports model by model, with what there is so far', async () => {
    const seen: number[] = [];
    const onProgress = ({ detail }: ProgressEvent): void => {
      seen.push((detail as { snapshot: () => Baselines }).snapshot().rows.length);
    };
    await baselines(train, validation, { models: ['majority class', 'class prior'], onProgress });
    expect(seen).toEqual([0, 1, 2, 2]);
  });

  it('has nothing to learn of one class, and cannot tell much from four examples', async () => {
    const one = dataset({ features: [[1], [2], [3]], labels: ['a', 'a', 'a'] });
    const ladder = await baselines(one, one);
    expect(ladder.rows.map(({ model, score }) => [model, score])).toEqual([['majority class', 1], ['class prior', 1]]); // prettier-ignore
    expect(ladder.skipped[0]).toEqual({ model: 'logistic regression', reason: 'there is one class only' });
    const four: Dataset = takeExamples(validation, [0, 1, 2, 3]);
    const small = await baselines(train, four, { models: ['majority class', 'logistic regression'] });
    expect(small.message).toContain('No model is clearly better than "majority class"');
  });

  it('says how far people are ahead, by the metric that they are known by', async () => {
    const models = ['majority class', 'logistic regression'] as const;
    const people = { metric: 'accuracy', value: 1, source: 'two people' };
    const ladder = await baselines(train, validation, { models, goals: { humanLevel: people } });
    const row = rowOf(ladder, 'logistic regression');
    expect(ladder.human!.difference).toBeCloseTo(1 - row.score, 12);
    expect(ladder.human!.interval[1]).toBeCloseTo(1 - row.interval[0], 12);
    expect(ladder.message).toContain('the human level, accuracy 100 % (two people)');
    const odd = await baselines(train, validation, {
      models,
      goals: { humanLevel: { ...people, metric: 'meanAbsoluteError' } },
    });
    expect(odd.human).toBeNull();
    expect(odd.warnings[0].message).toContain('The human level is not compared with');
  });
});
