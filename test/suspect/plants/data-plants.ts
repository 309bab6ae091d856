import type { RunLog } from '../../../src/build/types';
import { configured, fullLog, trainedOn, withColumns, withSplit } from '../make-log';
import type { Plant } from './plant';

const hundreds = new Array<number>(10).fill(100);
const but = (first: number): number[] => [first, ...hundreds.slice(1)];

/** A regression whose target has this mean and variance 4. */
const target = (targetMean: number): RunLog =>
  trainedOn(
    { classCounts: [], targetMean, targetVariance: 4 },
    { ...configured({ loss: 'meanSquaredError' }), task: 'regression', classes: [] },
  );

export const DATA_PLANTS: readonly Plant[] = [
  {
    ...{ check: 'input-values', code: 'missing-input', severity: 'error', cause: 'input-not-a-number' },
    where: { column: 'b' },
    at: () => withColumns({ missing: [1, 2, 0, 0] }),
  },
  {
    ...{ check: 'input-values', code: 'constant-input', severity: 'error', cause: 'input-constant' },
    where: {},
    at: () => withColumns({ sd: [0, 0, 0, 0] }),
    healthy: withColumns({ sd: [1e-9, 1, 1, 1] }),
  },
  {
    ...{ check: 'input-values', code: 'constant-column', severity: 'info', cause: 'input-constant' },
    where: { column: 'c' },
    at: () => withColumns({ sd: [1, 1, 0, 0] }),
  },
  {
    ...{ check: 'input-scale', code: 'input-scale', severity: 'warning', cause: 'inputs-not-scaled' },
    where: { column: 'b' },
    // The root mean square of a column with mean 0 is its standard deviation.
    at: (s) => withColumns({ sd: [1, 10 ** s, 1, 1] }),
    healthy: withColumns({ sd: [0.5, 2, 1, 1] }),
  },
  {
    ...{ check: 'sentinel-values', code: 'sentinel-input', severity: 'warning' },
    cause: 'missing-coded-as-number',
    where: { column: 'b' },
    at: (gap) => withColumns({ sentinels: [{ column: 'b', value: -999, count: 30, gap }] }),
  },
  {
    ...{ check: 'repeated-columns', code: 'duplicate-column', severity: 'warning', cause: 'column-repeated' },
    where: { column: 'c' },
    at: () => withColumns({ duplicates: [['a', 'c']] }),
    healthy: withColumns({ duplicates: [['a is missing', 'c is missing']] }),
  },
  {
    ...{ check: 'label-in-columns', code: 'column-gives-label-away', severity: 'warning' },
    cause: 'label-in-features',
    where: { column: 'b' },
    // The best column errs in 1 %, the next one 10ˢ times as often.
    at: (s) =>
      withColumns({
        alone: [
          { column: 'b', skill: 0.99 },
          { column: 'a', skill: 1 - 0.01 * 10 ** s },
        ],
      }),
    // A column that is good does not stand out where another one is as good.
    healthy: withColumns({
      alone: [
        { column: 'b', skill: 0.99 },
        { column: 'a', skill: 0.97 },
      ],
    }),
  },
  {
    ...{ check: 'label-order', code: 'order-of-labels', severity: 'warning', cause: 'not-shuffled' },
    where: {},
    at: (labelOrder) => trainedOn({ labelOrder }, configured({ shuffle: false })),
    healthy: trainedOn({ labelOrder: 30 }),
  },
  {
    ...{ check: 'class-counts', code: 'class-missing-in-training', severity: 'warning' },
    cause: 'class-not-in-training',
    where: { class: '0' },
    at: () => trainedOn({ classCounts: but(0) }),
    healthy: trainedOn({ classCounts: but(50) }),
  },
  {
    ...{
      check: 'class-counts',
      code: 'class-shares-differ',
      severity: 'warning',
      cause: 'validation-differs',
    },
    where: { class: '0' },
    at: (z: number): RunLog => {
      const log = withSplit({ classes: { effect: 0.2, z } });
      const validation = { ...log.data.validation!, classCounts: but(900) };
      return { ...log, data: { ...log.data, validation } };
    },
    // Sure, and too small to matter.
    healthy: withSplit({ classes: { effect: 0.09, z: 9 } }),
  },
  {
    ...{ check: 'class-counts', code: 'imbalance', severity: 'info', cause: 'too-rare-in-training' },
    where: { class: '0' },
    // 100 is more than twenty times 4, and just twenty times 5.
    at: () => trainedOn({ classCounts: but(4) }),
    healthy: trainedOn({ classCounts: but(5) }),
  },
  {
    ...{
      check: 'target-centre',
      code: 'target-off-centre',
      severity: 'warning',
      cause: 'target-not-centred',
    },
    where: {},
    at: (s) => target(-2 * s),
    healthy: target(2),
  },
  {
    ...{ check: 'split', code: 'scale-differs', severity: 'warning', cause: 'preprocessing-differs' },
    where: { column: 'b' },
    at: (effect) => withSplit({ shift: { column: 'b', effect, z: 9 } }),
    // A large difference of few examples is luck.
    healthy: withSplit({ spread: { column: 'b', effect: 2, z: 3 } }),
  },
  {
    ...{ check: 'split', code: 'distribution-differs', severity: 'warning', cause: 'preprocessing-differs' },
    where: { column: 'b' },
    at: (z) => withSplit({ distribution: { column: 'b', effect: 0.2, z } }),
    healthy: withSplit({ distribution: { column: 'b', effect: 0.09, z: 9 } }),
  },
];

/** Rows of validation that stand in training: told by their number, which is whole. */
export const copiesOf = (copies: number, rateWithin = 0): RunLog => withSplit({ copies, rateWithin });

/** The same data on both sides, one for the other. */
export function sameData(): RunLog {
  const log = fullLog();
  return { ...log, data: { ...log.data, validation: log.data.train } };
}
