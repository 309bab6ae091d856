import { zOfMany } from '../../stats/z-of-many';
import { countLabels } from '../label-rows';
import type { Dataset } from '../types';
import { columnsOf, someRows } from './columns-of';
import { countCopies } from './copies';
import { momentsOf, type Moments } from './moments';
import type { Difference, SetsCompared } from './types';

/** Columns of which pairs are correlated, at most. */
const MOST_PAIRED = 48;
/** Heavier tails leave a correlation to a few examples. */
const MOST_KURTOSIS = 20;

const NOTHING: Difference = { column: '', effect: 0, z: -Infinity };

/** The difference with the highest z-score, whose score allows for how many there were. */
function largest(differences: readonly Difference[]): Difference {
  const top = differences.reduce((most, one) => (one.z > most.z ? one : most), NOTHING);
  return { ...top, z: zOfMany(top.z, differences.length) };
}

/** Largest distance between the distributions of two samples in ascending order, equal values taken together. */
function ksDistance(a: Float64Array, b: Float64Array): number {
  let [i, j, most] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i], b[j]);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most;
}

/** z-score of a Kolmogorov–Smirnov distance, by its large-sample chance 2·exp(−2 λ²). */
function ksZ(distance: number, n: number, m: number): number {
  const root = Math.sqrt((n * m) / (n + m));
  const lambda = (root + 0.12 + 0.11 / root) * distance;
  // −Φ⁻¹ of that chance is close to √(4 λ² − ln(…)) far out; this bound is a little low, which is on the safe side.
  const square = 4 * lambda * lambda - 2 * Math.LN2 - Math.log(Math.max(1, 8 * lambda * lambda));
  return square > 0 ? Math.sqrt(square) : 0;
}

const sortedRows = (values: Float64Array, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row])
    .filter((value) => !Number.isNaN(value))
    .sort();

/** Correlations of the pairs of some columns over some rows, pair after pair; 0 where a column is constant. */
function correlationsOf(columns: readonly Float64Array[], rows: Int32Array): Float64Array {
  const scaled = columns.map((values) => {
    const own = Float64Array.from(rows, (row) => values[row]);
    const { mean, sd } = momentsOf(own);
    return own.map((value) => (sd > 0 && !Number.isNaN(value) ? (value - mean) / sd : 0));
  });
  const pairs: number[] = [];
  scaled.forEach((a, i) => {
    for (const b of scaled.slice(0, i)) {
      let sum = 0;
      for (let row = 0; row < a.length; row++) sum += a[row] * b[row];
      pairs.push(sum / a.length);
    }
  });
  return Float64Array.from(pairs);
}

const fisher = (r: number): number => Math.atanh(Math.max(-0.999, Math.min(0.999, r)));

function correlationDifferences(
  names: readonly string[],
  [a, b]: readonly [readonly Float64Array[], readonly Float64Array[]],
  [rowsA, rowsB]: readonly [Int32Array, Int32Array],
): readonly Difference[] {
  if (Math.min(rowsA.length, rowsB.length) < 10) return [];
  // A mark that few examples have correlates with another as luck has it.
  const plain = [...a.keys()]
    .filter((c) => [momentsOf(a[c]), momentsOf(b[c])].every(({ kurtosis }) => kurtosis < MOST_KURTOSIS))
    .slice(0, MOST_PAIRED);
  const [ours, theirs] = [
    correlationsOf(
      plain.map((c) => a[c]),
      rowsA,
    ),
    correlationsOf(
      plain.map((c) => b[c]),
      rowsB,
    ),
  ];
  // Heavy tails spread a correlation more than the normal theory says: twice the variance is a rule of thumb.
  const error = Math.sqrt(2 / (rowsA.length - 3) + 2 / (rowsB.length - 3));
  const found: Difference[] = [];
  let pair = 0;
  for (let i = 0; i < plain.length; i++) {
    for (let j = 0; j < i; j++, pair++) {
      const effect = Math.abs(fisher(ours[pair]) - fisher(theirs[pair]));
      found.push({ column: `${names[plain[j]]} and ${names[plain[i]]}`, effect, z: effect / error });
    }
  }
  return found;
}

function classDifference(first: Dataset, second: Dataset): { readonly effect: number; readonly z: number } {
  if (first.task !== 'classification') return { effect: NaN, z: NaN };
  const [a, b] = [countLabels(first), countLabels(second)];
  const all = first.n + second.n;
  let [chi, classes] = [0, 0];
  a.forEach((count, k) => {
    const both = count + (b[k] ?? 0);
    if (both === 0) return;
    classes++;
    for (const [own, n] of [
      [count, first.n],
      [b[k] ?? 0, second.n],
    ]) {
      const expected = (both * n) / all;
      chi += (own - expected) ** 2 / expected;
    }
  });
  const freedom = Math.max(1, classes - 1);
  // Wilson and Hilferty: the cube root of a chi-square is close to normal.
  const z = (Math.cbrt(chi / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
  return { effect: Math.sqrt(chi / all), z };
}

/**
 * Returns how a second set of examples differs from the first: copies across the two, and for means, spreads, distributions,
 * correlations and classes the largest difference. Time is linear in the rows; orders and pairs are taken of at most 2,000.
 *
 * @param first the training examples
 * @param second those to judge by
 */
export function compareSets(first: Dataset, second: Dataset): SetsCompared {
  const [a, b] = [columnsOf(first), columnsOf(second)];
  const same = a.values.length === b.values.length;
  const [rowsA, rowsB] = [first, second].map(({ n }) => someRows(n, a.names.length));
  const [shifts, spreads, distributions]: Difference[][] = [[], [], []];
  a.names.forEach((column, c) => {
    if (!same) return;
    const [own, other] = [momentsOf(a.values[c]), momentsOf(b.values[c])];
    if (own.sd === 0 && other.sd === 0 && own.mean === other.mean) return;
    const scale = own.sd || Math.abs(own.mean) || 1;
    const [errorA, errorB] = [own.sd / Math.sqrt(own.n), other.sd / Math.sqrt(other.n)];
    const shift = Math.abs(other.mean - own.mean);
    shifts.push({
      column,
      effect: shift / scale,
      z: shift / (Math.hypot(errorA, errorB) || scale / Math.sqrt(own.n)),
    });
    if (own.sd > 0 && other.sd > 0) {
      const effect = Math.abs(Math.log(other.sd / own.sd));
      // Variance of the logarithm of a standard deviation; heavy tails make it larger.
      const spreading = ({ kurtosis, n }: Moments): number => Math.max(2, kurtosis - 1) / (4 * n);
      spreads.push({ column, effect, z: effect / Math.sqrt(spreading(own) + spreading(other)) });
    }
    const [x, y] = [sortedRows(a.values[c], rowsA), sortedRows(b.values[c], rowsB)];
    const distance = ksDistance(x, y);
    distributions.push({ column, effect: distance, z: ksZ(distance, x.length, y.length) });
  });
  const { copies, rateWithin } = countCopies(first, second);
  return {
    ...{ copies, copiesOf: second.n, rateWithin },
    shift: largest(shifts),
    spread: largest(spreads),
    distribution: largest(distributions),
    correlation:
      same && a.of === 'columns'
        ? largest(correlationDifferences(a.names, [a.values, b.values], [rowsA, rowsB]))
        : NOTHING,
    classes: classDifference(first, second),
  };
}
