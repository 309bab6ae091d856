import { createHash } from 'node:crypto';
import { datasets } from '../../src/data/datasets';
import type { Dataset } from '../../src/data/types';

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
