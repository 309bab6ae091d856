import { baselines } from '../../src/build/baselines';
import { random } from '../../src/core/random';
import { dataset } from '../../src/data/dataset';
import { datasets } from '../../src/data/datasets';
import { splitDataset } from '../../src/data/split-dataset';
import type { Dataset } from '../../src/data/types';
import { difficulty } from '../../src/look/difficulty';
import type { DifficultyOptions } from '../../src/look/difficulty-options';
import { sliceByDifficulty } from '../../src/look/slice-by-difficulty';
import { completePredictions } from '../../src/metrics/complete-predictions';
import { predictionsFrom } from '../../src/metrics/predictions-from';
import type { Predictions } from '../../src/metrics/types';
import { numberTable, twoClasses } from './some-predictions';

const valuesOf = (p: Predictions, options: DifficultyOptions): number[] =>
  Array.from(difficulty(p, options).values);

/** Predictions of the first class for all examples of a data set. */
const blindly = (data: Dataset): Predictions =>
  completePredictions({
    name: 'blind',
    task: data.task,
    classes: data.classes,
    ids: data.ids,
    label: data.labels,
    predicted: Array.from(data.labels, () => 0),
    probabilities: null,
    metadata: numberTable({}),
  });

describe('own loss', () => {
  it('has margin, confidence and entropy as well, turned so that higher is harder', () => {
    // label a, p = (½, ½) and (¼, ¾)
    const p = twoClasses([0, 1]);
    expect(valuesOf(p, { source: 'own-loss', measure: 'margin' })).toEqual([-0, 0.5]);
    expect(valuesOf(p, { source: 'own-loss', measure: 'confidence' })).toEqual([-0.5, -0.75]);
    const entropy = valuesOf(p, { source: 'own-loss', measure: 'entropy' });
    expect(entropy[0]).toBeCloseTo(Math.log(2), 12);
    expect(entropy[1]).toBeCloseTo(-0.25 * Math.log(0.25) - 0.75 * Math.log(0.75), 12);
    const own = difficulty(p, { source: 'own-loss', measure: 'margin' });
    expect(own).toMatchObject({ title: '−own margin', circular: true, unit: '' });
    const bare = { ...p, probabilities: null };
    expect(() => difficulty(bare, { source: 'own-loss', measure: 'entropy' })).toThrow(
      'know the probabilities',
    );
  });

  it('takes the mean over the labels of a multi-label task', () => {
    const p = completePredictions({
      name: 'm',
      task: 'multi-label',
      classes: ['a', 'b'],
      ids: ['0'],
      label: [1, 0],
      predicted: [1, 1],
      probabilities: [0.75, 0.5],
      metadata: numberTable({}),
    });
    // margins 0.5 and 0; confidences 0.75 and 0.5
    expect(valuesOf(p, { source: 'own-loss', measure: 'margin' })).toEqual([-0.25]);
    expect(valuesOf(p, { source: 'own-loss', measure: 'confidence' })).toEqual([-0.625]);
  });
});

describe('reference models', () => {
  it('takes the mean of several, and the share of them that are wrong', () => {
    const p = twoClasses([0, 0]);
    const several = [twoClasses([0, 1]), twoClasses([1, 1])];
    const mean = difficulty(p, { source: 'reference-model', reference: several });
    expect(mean.title).toBe('mean loss of 2 reference models');
    expect(mean.values[0]).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 12);
    const wrong = difficulty(p, { source: 'reference-model', reference: several, measure: 'correctness' });
    expect(wrong).toMatchObject({ title: 'share wrong of 2 reference models', circular: false });
    expect(Array.from(wrong.values)).toEqual([0.5, 1]);
    expect(valuesOf(p, { source: 'reference-model', reference: several[0], measure: 'margin' })).toEqual([
      -0, 0.5,
    ]);
    expect(() => valuesOf(p, { source: 'reference-model', reference: [] })).toThrow('at least one model');
  });

  it('takes a ladder of baselines but for the trivial ones, and one of them', async () => {
    const { train, validation } = splitDataset(datasets.iris(), { validation: 0.4 });
    const models = ['majority class', 'nearest neighbour', 'logistic regression'] as const;
    const ladder = await baselines(train, validation, { models });
    const p = ladder.predictions('majority class');
    const loss = difficulty(p, { source: 'reference-model', reference: ladder });
    // The nearest neighbour gives no probabilities.
    expect(loss.title).toBe('loss of "logistic regression"');
    expect(loss.warnings).toMatchObject([{ code: 'silent-models', count: 1 }]);
    expect(Array.from(loss.values)).toEqual(Array.from(ladder.predictions('logistic regression').loss!));
    const wrong = difficulty(p, { source: 'reference-model', reference: ladder, measure: 'correctness' });
    expect(wrong.title).toBe('share wrong of 2 baselines');
    expect(new Set(wrong.values as Float64Array)).toEqual(new Set([0, 0.5, 1]));
    const one = difficulty(p, {
      source: 'reference-model',
      reference: ladder.rows.find((row) => row.model === 'nearest neighbour')!,
    });
    expect(one.title).toBe('wrong by "nearest neighbour"');
    const read = JSON.parse(JSON.stringify(ladder));
    expect(() => difficulty(p, { source: 'reference-model', reference: read })).toThrow(
      'train the ladder again',
    );
  });
});

describe('metadata', () => {
  it('takes dates, truth values and categories in an order', () => {
    const rows = [
      { y: 'a', p: 'a', size: 'hard', day: new Date('2020-01-01'), blurred: true },
      { y: 'a', p: 'b', size: 'easy', day: new Date('2021-01-01'), blurred: false },
      { y: 'a', p: 'b', size: 'odd', day: null, blurred: true },
    ];
    const p = predictionsFrom(rows, { label: 'y', predicted: 'p', metadata: ['size', 'day', 'blurred'] });
    const order = ['easy', 'medium', 'hard'];
    const wrong = { source: 'metadata', column: 'size', order } as const;
    expect(() => valuesOf(p, wrong)).toThrow('name values of "size": hard, easy, odd');
    const sized = difficulty(p, { ...wrong, order: ['easy', 'hard'] });
    expect(Array.from(sized.values)).toEqual([1, 0, NaN]);
    expect(sized).toMatchObject({ levels: ['easy', 'hard'], missing: 1 });
    expect(valuesOf(p, { source: 'metadata', column: 'blurred' })).toEqual([1, 0, 1]);
    const day = difficulty(p, { source: 'metadata', column: 'day' });
    expect(Array.from(day.values)).toEqual([Date.UTC(2020, 0), Date.UTC(2021, 0), NaN]);
    expect(day.unit).toBe('date');
    expect(() => valuesOf(p, { source: 'metadata', column: 'day', order: ['a'] })).toThrow(
      '"day" holds dates',
    );
    expect(() => valuesOf(p, { source: 'metadata', column: 'size', order: [] })).toThrow(
      'easiest to the hardest',
    );
    // Labels are words.
    expect(sliceByDifficulty(p, { by: sized, bins: 2 }).slices.map((s) => s.label)).toEqual([
      'easiest half, size = easy',
      'hardest half, size = hard',
    ]);
    expect(sliceByDifficulty(p, { by: day, bins: 2 }).slices.map((s) => s.label)).toEqual([
      'easiest half, day = 2020-01-01',
      'hardest half, day = 2021-01-01',
    ]);
  });
});

describe('people', () => {
  const rows = [
    { y: 'cat', p: 'cat', ann: 'cat', bob: 'cat', eve: 'dog', seconds: 3 },
    { y: 'dog', p: 'cat', ann: 'cat', bob: 'cat', eve: 'cat', seconds: 9 },
    { y: 'dog', p: 'dog', ann: 'dog', bob: null, eve: 'fox', seconds: 1 },
    { y: 'dog', p: 'dog', ann: null, bob: null, eve: null, seconds: 1 },
  ];
  const p = predictionsFrom(rows, { label: 'y', predicted: 'p' });
  const annotators = ['ann', 'bob', 'eve'];

  it('tells how much annotators disagree, with each other and with the label', () => {
    expect(valuesOf(p, { source: 'human', annotators })).toEqual([1 - 2 / 3, 0, 0.5, NaN]);
    expect(valuesOf(p, { source: 'human', annotators, measure: 'disagreement' })).toEqual([
      1 - 2 / 3,
      1,
      0.5,
      NaN,
    ]);
    const entropy = valuesOf(p, { source: 'human', annotators, measure: 'entropy' });
    expect(entropy[0]).toBeCloseTo(-(2 / 3) * Math.log(2 / 3) - (1 / 3) * Math.log(1 / 3), 12);
    expect([entropy[1], entropy[2]]).toEqual([0, expect.closeTo(Math.LN2, 12)]);
  });

  it('reads a matrix of votes', () => {
    const votes = [2, 1, 3, 0, 0, 1, 0, 0];
    expect(valuesOf(p, { source: 'human', votes })).toEqual([1 - 2 / 3, 0, 0, NaN]);
    expect(() => valuesOf(p, { source: 'human', votes: [1] })).toThrow('votes has 1');
  });

  it('tells who was wrong, and how long it took', () => {
    const ann = difficulty(p, { source: 'human', answer: 'ann' });
    expect(Array.from(ann.values)).toEqual([0, 1, 0, NaN]);
    expect(ann).toMatchObject({ title: 'wrong by "ann"', circular: false });
    expect(valuesOf(p, { source: 'human', time: 'seconds' })).toEqual([3, 9, 1, 1]);
    expect(difficulty(p, { source: 'human', time: 'seconds' }).title).toBe('time taken ("seconds")');
  });

  it('takes the spread of values', () => {
    const values = [
      { y: 1, p: 2, ann: 1, bob: 3 },
      { y: 1, p: 2, ann: 4, bob: null },
    ];
    const q = predictionsFrom(values, { label: 'y', predicted: 'p', task: 'regression' });
    expect(valuesOf(q, { source: 'human', annotators: ['ann', 'bob'] })).toEqual([Math.SQRT2, NaN]);
    expect(valuesOf(q, { source: 'human', answer: 'ann' })).toEqual([0, 9]);
  });

  it('refuses what does not go together', () => {
    expect(() => valuesOf(p, { source: 'human', answer: 'ann', time: 'seconds' })).toThrow(
      'These were: time, answer',
    );
    expect(() => valuesOf(p, { source: 'human', answer: 'seconds' })).toThrow(
      'hold classes of the predictions (cat',
    );
    expect(() => valuesOf(p, { source: 'human', annotators, measure: 'spread' })).toThrow('for classes');
    expect(() => valuesOf(p, { source: 'human', answer: 'ann', higherIsHarder: false })).toThrow(
      'with "answer"',
    );
    expect(() => valuesOf(p, { source: 'human', annotators: ['anm'] })).toThrow('Did you mean "ann"?');
  });
});

describe('neighbours', () => {
  it('is the share of the nearest with another label, itself left out', () => {
    const data = dataset({
      features: [[0], [1], [2], [10], [11], [12]],
      labels: ['a', 'a', 'b', 'b', 'b', 'b'],
    });
    // 0 has 1 (a) and 2 (b); 1 has 0 and 2; 2 has 1 and 0; the others have each other.
    expect(valuesOf(blindly(data), { source: 'neighbours', dataset: data, k: 2 })).toEqual([
      0.5, 0.5, 1, 0, 0, 0,
    ]);
    expect(difficulty(blindly(data), { source: 'neighbours', dataset: data }).title).toBe(
      'share of 5 neighbours with another label',
    );
  });

  it('matches ids, looks among other data, and leaves the same example out there', () => {
    const train = dataset({ features: [[0], [1], [5]], labels: ['a', 'b', 'b'], ids: ['x', 'y', 'z'] });
    const test = dataset({ features: [[0], [4]], labels: ['a', 'b'], ids: ['x', 'new'] });
    const p = { ...blindly(test), ids: ['new', 'x'] };
    expect(valuesOf(p, { source: 'neighbours', dataset: test, among: train, k: 1 })).toEqual([0, 1]);
  });

  it('takes mixed columns, values, and sets of labels', () => {
    const mixed = dataset({
      columns: { age: [20, 21, 58, 60], town: ['Ulm', 'Ulm', 'Bonn', 'Bonn'] },
      labels: ['a', 'a', 'b', 'b'],
    });
    expect(valuesOf(blindly(mixed), { source: 'neighbours', dataset: mixed, k: 1 })).toEqual([0, 0, 0, 0]);
    const values = dataset({ features: [[0], [1], [9]], labels: [1, 3, 8] });
    expect(valuesOf(blindly(values), { source: 'neighbours', dataset: values, k: 2 })).toEqual([
      20.25, 2.25, 36,
    ]);
    const sets = dataset({ features: [[0], [1]], labels: [['a', 'b'], ['a']] });
    const p = completePredictions({
      ...blindly(sets),
      predicted: Array.from(sets.labels),
      probabilities: null,
    });
    expect(valuesOf(p, { source: 'neighbours', dataset: sets, k: 1 })).toEqual([0.5, 0.5]);
  });

  it('refuses what is no data set, and another task', () => {
    const p = twoClasses([0]);
    expect(() => valuesOf(p, { source: 'neighbours', dataset: [] as never })).toThrow('be a Dataset');
    const values = dataset({ features: [[0]], labels: [1] });
    expect(() => valuesOf(p, { source: 'neighbours', dataset: values })).toThrow('of a regression task');
  });
});

describe('instance hardness', () => {
  const stream = random(3);
  const n = 120;
  const given = Array.from({ length: n }, (_, i) => (i < 60 ? 'a' : 'b'));
  // Two clouds that are far apart; the labels of rows 0, 1, 60, 61 are swapped.
  const labels = given.map((name, i) => (i % 60 < 2 ? (name === 'a' ? 'b' : 'a') : name));
  const features = given.map((name) => [(name === 'a' ? -2 : 2) + 0.5 * stream.normal(), stream.normal()]);
  const data = dataset({ features, labels });

  it('is high for wrong labels, low for the rest, and the same for the same seed', () => {
    const options = { source: 'instance-hardness', dataset: data } as const;
    const found = difficulty(blindly(data), options);
    expect(found).toMatchObject({ title: 'hardness for 5 simple models', circular: false });
    const values = Array.from(found.values);
    const swapped = values.filter((_, i) => i % 60 < 2);
    const rest = values.filter((_, i) => i % 60 >= 2);
    expect(Math.min(...swapped)).toBeGreaterThan(0.8);
    expect(Math.max(...rest)).toBeLessThan(0.5);
    expect(valuesOf(blindly(data), options)).toEqual(values);
    expect(valuesOf(blindly(data), { ...options, seed: 1 })).not.toEqual(values);
    for (const learner of [
      'nearest neighbours',
      'naive Bayes',
      'nearest centroid',
      'softmax regression',
      'decision tree',
    ] as const) {
      // prettier-ignore
      const one = valuesOf(blindly(data), { ...options, learners: [learner] });
      expect(Math.min(...one.filter((_, i) => i % 60 < 2))).toBeGreaterThan(0.6);
      expect(one.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });

  it('refuses values, unknown learners, and fewer examples than folds', () => {
    const p = blindly(data);
    const values = dataset({ features: [[0], [1]], labels: [1, 2] });
    expect(() => valuesOf(blindly(values), { source: 'instance-hardness', dataset: values })).toThrow(
      '"neighbours"',
    );
    expect(() =>
      valuesOf(p, { source: 'instance-hardness', dataset: data, learners: ['svm' as never] }),
    ).toThrow('be some of "nearest neighbours"');
    const few = dataset({ features: [[0], [1]], labels: ['a', 'b'] });
    expect(() => valuesOf(blindly(few), { source: 'instance-hardness', dataset: few })).toThrow('5 folds');
  });
});
