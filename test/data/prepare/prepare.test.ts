import { random } from '../../../src/core/random';
import { dataset } from '../../../src/data/dataset';
import { asPreparation } from '../../../src/data/prepare/as-preparation';
import { prepare } from '../../../src/data/prepare/prepare';
import type { Preparation } from '../../../src/data/prepare/types';
import { splitDataset } from '../../../src/data/split-dataset';
import { standardize } from '../../../src/data/standardize';
import { takeExamples } from '../../../src/data/take-examples';
import type { Dataset } from '../../../src/data/types';

/** Columns of every kind, with gaps. */
function people(n: number, seed = 1, shift = 0): Dataset {
  const stream = random(seed);
  const words = ['red', 'green', 'blue', 'old', 'new', 'car', 'house'];
  const rows = Array.from({ length: n }, () => ({
    age: stream.next() < 0.2 ? null : 40 + shift + 10 * stream.normal(),
    town: ['Ulm', 'Bonn', 'Rom', null][stream.integer(4)],
    member: stream.next() < 0.5,
    since: new Date(Date.UTC(2020, stream.integer(12), 1 + stream.integer(28), stream.integer(24))),
    note: Array.from({ length: 5 }, () => words[stream.integer(7)]).join(' '),
    buys: ['no', 'yes'][stream.integer(2)],
  }));
  return dataset({ name: 'people', columns: rows, label: 'buys', roles: { note: 'text' } });
}

describe('prepare', () => {
  it('measures training examples alone: other examples change nothing', () => {
    const both = people(200);
    const { train, validation } = splitDataset(both, { validation: 0.5, seed: 3 });
    const strange = people(100, 9, 1e6);
    const [preparation, alone] = [prepare(train), prepare(takeExamples(train, [...Array(100).keys()]))];
    // twice the same, although one came from a split whose other half differs
    expect(alone.fingerprint).toBe(preparation.fingerprint);
    preparation.apply(strange);
    preparation.apply(validation);
    expect(prepare(train).fingerprint).toBe(preparation.fingerprint);
    // and what is measured does depend on what is measured on
    expect(prepare(validation).fingerprint).not.toBe(preparation.fingerprint);
    const ages = preparation.steps.find((step) => step.step === 'number')!;
    expect(ages.mean).toBeLessThan(60);
    const made = preparation.apply(train).features;
    const size = made.shape[0];
    const mean = Array.from({ length: 100 }, (_, i) => made.values[i * size]).reduce((a, b) => a + b) / 100;
    expect(mean).toBeCloseTo(0, 6);
  });

  it('makes each example by itself: those beside it change nothing', () => {
    const data = people(60);
    const preparation = prepare(data);
    const whole = preparation.apply(data);
    const size = preparation.shape[0];
    for (const row of [0, 17, 59]) {
      const alone = preparation.apply(takeExamples(data, [row]));
      expect(alone.features.values).toEqual(whole.features.values.slice(row * size, (row + 1) * size));
    }
  });

  it('is plain JSON that can be applied again', () => {
    const [data, other] = [people(80), people(20, 5)];
    for (const preparation of [prepare(data), prepare(data, { vocabulary: 3, maxLevels: 2, minCount: 4 })]) {
      const fields = JSON.parse(JSON.stringify(preparation)) as Preparation;
      expect(fields).not.toHaveProperty('apply');
      const again = asPreparation(fields);
      expect(again).toEqual(preparation);
      expect(again.apply(other).features).toEqual(preparation.apply(other).features);
    }
  });

  it('keeps columns, labels, ids and metadata, and is not done twice', () => {
    const data = people(40);
    const preparation = prepare(data);
    const made = preparation.apply(data);
    expect(made).toMatchObject({ columns: data.columns, labels: data.labels, ids: data.ids, preparation });
    expect(made.features.names).toEqual(preparation.names);
    expect(preparation.apply(made)).toBe(made);
    // from the raw columns once more, where it is another preparation
    const other = prepare(people(40, 8));
    expect(other.apply(made).features).toEqual(other.apply(data).features);
    expect(takeExamples(made, [3]).preparation).toBe(preparation);
  });

  it('takes an empty data set for what it is', () => {
    const data = people(30);
    expect(() => prepare(takeExamples(data, []))).toThrow('prepare: "train" must hold at least one example.');
    const none = prepare(data).apply(takeExamples(data, []));
    expect([none.n, none.features.values.length]).toEqual([0, 0]);
    expect(prepare(takeExamples(data, [0, 1])).n).toBe(2);
  });

  it('says what the other data set lacks', () => {
    const preparation = prepare(people(30));
    const lacking = dataset({ columns: { agee: [1] }, labels: [0.5] });
    expect(() => preparation.apply(lacking)).toThrow(
      'apply: "dataset" must have the column "age", which the features are made of; "data" has agee. Is it "agee" there?',
    );
    const dense = dataset({ features: [[1]], labels: ['no'] });
    expect(() => preparation.apply(dense)).toThrow('"data" has no raw columns.');
    const numbers = prepare(dataset({ columns: { x: [1, 2] }, labels: [1.5, 2] }));
    const text = dataset({ columns: { x: ['a'] }, labels: [0.5] });
    expect(() => numbers.apply(text)).toThrow(
      'apply: "dataset" must hold numbers in "x", as the training data did; it holds strings.',
    );
    // a column without any value is one of numbers, whatever it would be
    const towns = prepare(dataset({ columns: { k: ['a', 'b'] }, labels: [1.5, 2] }));
    const empty = towns.apply(dataset({ columns: { k: [null] }, labels: [0.5] }));
    expect(Array.from(empty.features.values)).toEqual([0, 0]);
  });

  it('checks its options and its data', () => {
    const data = people(30);
    expect(() => prepare(data, { vocabulry: 3 } as never)).toThrow('Did you mean "vocabulary"?');
    expect(() => prepare(data, { words: [2, 1] })).toThrow('"words" must be two integers ≥ 1, the shorter');
    expect(() => prepare(data, { text: 'token' as never })).toThrow('Did you mean "tokens"?');
    expect(() => prepare({} as never)).toThrow('prepare: "train" must be a Dataset');
    const unused = dataset({ columns: { x: [1, 2] }, roles: { x: 'ignore' }, labels: [0.5, 1] });
    expect(() => prepare(unused)).toThrow('have a column to learn from; "x": its role');
  });

  it('says which columns only tell examples apart', () => {
    const id = Array.from({ length: 30 }, (_, i) => `p${i}`);
    const data = dataset({ columns: { id, x: id.map((_, i) => i * i) }, labels: id.map((_, i) => i + 0.5) });
    expect(prepare(data).warnings).toEqual([
      {
        code: 'id-like-column',
        message: 'Not used, as they tell examples apart rather than kinds: "id".',
        count: 1,
      },
    ]);
  });

  it('refuses what would not fit in memory, before it is made', () => {
    const text = dataset({ columns: { k: ['a', 'b'] }, labels: [0.5, 1] });
    const preparation = prepare(text);
    const huge = { ...text, n: 2 ** 30 };
    expect(() => preparation.apply(huge)).toThrow(
      'at most 1073741824 numbers; 1073741824 examples of 2 features',
    );
  });
});

describe('standardize', () => {
  const train = dataset({ features: [[0], [2]], labels: ['a', 'b'] });

  it('leaves behind what it measured', () => {
    const [scaled, other] = standardize(train, dataset({ features: [[4]], labels: ['a'] }));
    expect(Array.from(other.features.values)).toEqual([3]);
    expect(scaled.preparation).toMatchObject({ kind: 'preparation', shape: [1], n: 2 });
    expect(scaled.preparation?.apply(train).features).toEqual(scaled.features);
    expect(prepare(scaled)).toBe(scaled.preparation);
  });

  it('refuses raw columns, and what is prepared already', () => {
    const raw = dataset({ columns: { x: [1, 2] }, labels: ['a', 'b'] });
    expect(() => standardize(raw)).toThrow('Use prepare(train).apply(data)');
    expect(() => standardize(train, standardize(train)[0])).toThrow('"data" is prepared already');
    const other = prepare(dataset({ features: [[0], [9]], labels: ['a', 'b'] }));
    expect(() => other.apply(standardize(train)[0])).toThrow('be as it was before anything was prepared');
  });
});
