import { createHash } from 'node:crypto';
import { datasets } from '../../src/data/datasets';
import { selectRows } from '../../src/data/select-rows';
import { tableToRows } from '../../src/data/table-to-rows';
import { takeExamples } from '../../src/data/take-examples';
import type { Dataset, NumberColumn } from '../../src/data/types';

const perClass = (d: Dataset): number[] =>
  d.classes.map((_, code) => d.labels.filter((label) => label === code).length);

/** Counts from the repository's own pages of the data sets. */
describe('bundled data', () => {
  it.each([
    ['digits', 1797, [8, 8, 1], [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]],
    ['breastCancer', 569, [30], [212, 357]],
    ['wine', 178, [13], [59, 71, 48]],
    ['iris', 150, [4], [50, 50, 50]],
  ] as const)('%s has the examples, shape and classes that are published', (name, n, shape, counts) => {
    const d = datasets[name]();
    expect(d.n).toBe(n);
    expect(d.features.shape).toEqual(shape);
    expect(perClass(d)).toEqual(counts);
    expect(new Set(d.ids).size).toBe(n);
    expect(d.origin?.licence).toBe('CC BY 4.0');
    expect(datasets[name]()).toBe(d);
    if (shape.length === 1) expect(d.features.names).toHaveLength(shape[0]);
  });

  it('digits are raw, 0 to 16, with their ink beside them', () => {
    const d = datasets.digits();
    expect(Math.min(...d.features.values.subarray(0, 6400))).toBe(0);
    expect(d.features.values.reduce((a, b) => Math.max(a, b))).toBe(16);
    expect(d.ids.slice(0, 2)).toEqual(['digits-0001', 'digits-0002']);
    expect(d.classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    const first = d.features.values.subarray(0, 64).reduce((a, b) => a + b) / 64;
    expect(d.metadata.columns.ink).toMatchObject({ type: 'number', valid: null });
    expect((d.metadata.columns.ink as { values: Float64Array }).values[0]).toBe(first);
  });

  it('breast cancer is named as published', () => {
    expect(datasets.breastCancer().classes).toEqual(['malignant', 'benign']);
    expect(datasets.iris().classes).toEqual(['setosa', 'versicolor', 'virginica']);
  });

  it('cars have what is published of them: 398, six without horsepower, 29 models of 1981', () => {
    const d = datasets.cars();
    expect(d).toMatchObject({ n: 398, task: 'regression', features: { shape: [0] } });
    expect(d.columns?.names).toHaveLength(7);
    expect(d.roles).toMatchObject({ horsepower: 'number', origin: 'category' });
    const rows = tableToRows(d.columns!);
    expect(rows.filter(({ horsepower }) => horsepower === null)).toHaveLength(6);
    expect(rows.filter(({ year }) => year === 1981)).toHaveLength(29);
    const of = (origin: string) => rows.filter((row) => row.origin === origin).length;
    expect([of('USA'), of('Europe'), of('Japan')]).toEqual([249, 70, 79]);
    expect(d.labels.slice(0, 3)).toEqual(Float64Array.of(18, 15, 18));
    expect(tableToRows(d.metadata)[0]).toEqual({ name: 'chevrolet chevelle malibu' });
  });

  it('bird strikes hold gaps, dates and many levels; what nobody knows beforehand is metadata', () => {
    const d = datasets.birdStrikes();
    expect([d.n, perClass(d)]).toEqual([9985, [8939, 1046]]);
    expect(d.roles).toMatchObject({ date: 'date', 'speed (knots)': 'number', aircraft: 'category' });
    expect(d.metadata.names).toEqual([
      'amount of damage', 'cost other (USD)', 'cost repair (USD)', 'cost total (USD)',
    ]); // prettier-ignore
    const speed = d.columns!.columns['speed (knots)'] as NumberColumn;
    expect(speed.valid!.filter((known) => known === 0).length).toBeGreaterThan(2800);
    expect(tableToRows(selectRows(d.columns!, [0]))[0]).toMatchObject({
      airport: 'BARKSDALE AIR FORCE BASE ARPT',
      date: new Date('1990-01-08'),
      'speed (knots)': 300,
    });
  });

  it('sentences are a thousand of each president, none twice', () => {
    const d = datasets.sentences();
    expect([d.n, perClass(d), d.roles]).toEqual([3000, [1000, 1000, 1000], { sentence: 'text' }]);
    const texts = tableToRows(d.columns!).map(({ sentence }) => String(sentence));
    expect(new Set(texts).size).toBe(3000);
    expect(texts.every(({ length }) => length >= 40 && length <= 200)).toBe(true);
    const years = tableToRows(d.metadata).map(({ year }) => Number(year));
    expect([Math.min(...years), Math.max(...years)]).toEqual([1869, 1945]);
  });

  it('vowels are as published: 270 and 370 utterances, 7 to 29 steps of 12 channels', () => {
    const d = datasets.vowels();
    expect([d.n, d.features.shape]).toEqual([640, [29, 12]]);
    const rows = tableToRows(d.metadata);
    const tested = takeExamples(d, [...rows.keys()].filter((i) => rows[i].part === 'test')); // prettier-ignore
    expect(perClass(tested)).toEqual([31, 35, 88, 44, 29, 24, 40, 50, 29]);
    expect(d.n - tested.n).toBe(270);
    const lengths = rows.map(({ length }) => Number(length));
    expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([7, 29]);
    // of the first: 20 steps; first and last value of the first channel, then padding
    const { values } = d.features;
    expect(lengths[0]).toBe(20);
    expect([values[0], values[19 * 12], values[20 * 12]]).toEqual([1.86, 1.26, 0].map(Math.fround));
    expect(d.origin?.licence).toBe('CC BY 4.0');
  });

  /** SHA-256 of the float32 features and int32 labels, made a second time with Python from the files of scikit-learn 1.9.1. */
  it.each([
    ['digits', 'bacf08bc160a4706'],
    ['breastCancer', '86abafa0d5a78e22'],
    ['wine', 'd919ffdf50a763e5'],
    ['iris', '3f1e7d0047d50096'],
  ] as const)('%s is to the bit what scikit-learn ships', (name, fingerprint) => {
    const { features, labels } = datasets[name]();
    const hash = createHash('sha256')
      .update(new Uint8Array(features.values.buffer))
      .update(new Uint8Array(labels.buffer));
    expect(hash.digest('hex').slice(0, 16)).toBe(fingerprint);
  });
});
