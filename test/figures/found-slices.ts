import type { FoundSlices, Slice, SliceCondition, SliceData } from '../../src/look/slices/types';

/** A made-up slice: confirmed ones are judged on held-out rows. */
export function sliceOf(
  description: string,
  predicate: readonly SliceCondition[],
  own: Partial<SliceData> = {},
): Slice {
  const { n = 120, error = 0.31, interval = [0.22, 0.42] as const } = own;
  const measure = { n: n / 2, errors: (n / 2) * error, overall: 0.12 };
  return {
    kind: 'slice',
    predicate,
    conditions: description.split(' and '),
    description,
    sql: 'true',
    level: predicate.length,
    score: 3,
    n,
    shareOfExamples: n / 3000,
    errors: n * error,
    error,
    interval,
    ratio: error / 0.12,
    shareOfErrors: (n * error) / 360,
    shareOfErrorsInterval: [(n * error) / 500, (n * error) / 280],
    gainIfFixed: (n / 3000) * (error - 0.12),
    gainInterval: [0.001, 0.02],
    discovery: { ...measure, error: error * 1.1, interval: [error * 0.9, error * 1.3] },
    heldOut: { ...measure, error, interval },
    pValue: 0.0002,
    qValue: 0.0011,
    indices: [],
    alternatives: [],
    ...own,
  } as Slice;
}

const young: SliceCondition = { column: 'age', from: null, to: 25 };
const evil = (name: string): SliceCondition => ({ column: name, is: name });

/** Found slices: a parent with a refinement, two that share a condition, one that was not confirmed. */
export function foundSlicesOf(name = '<b>job</b>'): FoundSlices {
  const none: SliceCondition = { column: 'hours', missing: true };
  const slices = [
    sliceOf('age < 25', [young], { n: 420 }),
    sliceOf('age < 25 and hours is missing', [young, none], { n: 60, error: 0.5, interval: [0.36, 0.63] }),
    sliceOf(`${name} = ${name} and town = Ulm`, [evil(name), { column: 'town', is: 'Ulm' }], {
      n: 90,
      error: 0.24,
    }),
    sliceOf(
      `${name} = ${name} and 1.5 ≤ height < 1.7`,
      [evil(name), { column: 'height', from: 1.5, to: 1.7 }],
      { n: 50, error: 0.26 },
    ),
  ];
  return {
    kind: 'slices',
    name: 'people',
    metric: 'error-rate',
    n: 3000,
    overall: { error: 0.12, errors: 360, interval: [0.109, 0.132] },
    rows: { searched: 1500, heldOut: 1500, bothWays: false, splits: 1, seed: 0 },
    score: { name: 'surprise' },
    level: 0.95,
    falseDiscoveryRate: 0.1,
    slices,
    unconfirmed: [
      sliceOf('town = Bonn', [{ column: 'town', is: 'Bonn' }], {
        ...{ n: 40, error: 0.15, interval: [0.06, 0.31], pValue: 0.31, qValue: 0.4 },
      }),
    ],
    tried: [{ level: 1, candidates: 40, evaluated: 40, valid: 30 }],
    columns: [],
    minSupport: 30,
    refined: 0,
    smallestVisible: [{ ratio: 1.5, n: 240, share: 0.08 }],
    warnings: [],
  } as FoundSlices;
}
