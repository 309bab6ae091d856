import { InputError } from '../../core/input-error';
import { check, checkOptions, checkSameLength, integer, numberIn, numbers, text } from '../../core/options';
import { curveFromJson } from '../size-curve/curve-file';
import type { SizeCurve } from '../size-curve/types';
import { assumedCovariance, itemCovariance } from './item-covariance';
import type { CurveData } from './types';

const FN = 'forecast';

/** A curve as the forecast sees it: S sizes, R seeds. */
export interface ObservedCurve {
  readonly name: string;
  readonly title: string;
  readonly share: boolean;
  readonly sizes: readonly number[];
  /** R×S; NaN where there is none. */
  readonly values: readonly (readonly number[])[];
  readonly means: readonly number[];
  readonly trainMeans: readonly number[];
  /** S×S, of the means, by the choice of test examples; zeros where nothing is known of it. */
  readonly covariance: readonly (readonly number[])[];
  readonly testN: number;
  readonly humanLevel: number | null;
}

const meanOf = (values: readonly number[]): number => {
  const known = values.filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

function refuse(
  param: string,
  expected: string,
  received: unknown,
  code: 'empty' | 'out-of-range' = 'out-of-range',
): never {
  throw new InputError({ code, fn: FN, param, expected, received });
}

function matrixOf(param: string, rows: CurveData['errors'], sizes: number): number[][] {
  if (!Array.isArray(rows)) refuse(param, 'be one array of numbers a seed', rows);
  if (rows.length === 0) refuse(param, 'hold the values of at least one seed', rows, 'empty');
  return rows.map((row, r) => {
    check(FN, `${param}[${r}]`, row, numbers);
    checkSameLength(FN, { sizes, [`${param}[${r}]`]: row.length });
    return row.map((value: number | null) => value ?? NaN);
  });
}

function checkErrors(values: readonly (readonly number[])[]): void {
  values.forEach((row, r) =>
    row.forEach((value, i) => {
      if (!(value >= 0 || Number.isNaN(value)) || value === Infinity) {
        refuse(`errors[${r}][${i}]`, 'be a finite number ≥ 0, lower is better', value);
      }
    }),
  );
}

/** The same curve without sizes of which no seed has a value. */
function withoutGaps(curve: ObservedCurve): ObservedCurve {
  const kept = curve.sizes.flatMap((_, i) => (Number.isFinite(curve.means[i]) ? [i] : []));
  const pick = <T>(row: readonly T[]): T[] => kept.map((i) => row[i]);
  return {
    ...curve,
    sizes: pick(curve.sizes),
    values: curve.values.map(pick),
    means: pick(curve.means),
    trainMeans: pick(curve.trainMeans),
    covariance: pick(curve.covariance).map(pick),
  };
}

const columns = (values: readonly (readonly number[])[]): number[] =>
  values[0].map((_, i) => meanOf(values.map((row) => row[i])));

function fromData(data: CurveData): ObservedCurve {
  checkOptions<CurveData>(FN, data, {
    name: text,
    sizes: numbers,
    errors: numbers,
    trainErrors: numbers,
    testSize: integer(1),
    itemCovariance: numbers,
    title: text,
  });
  const { sizes, testSize, itemCovariance: given } = data;
  check(FN, 'sizes', sizes, numbers);
  sizes.forEach((size, i) => {
    check(FN, `sizes[${i}]`, size, numberIn(0, Infinity, { open: true }));
    if (i > 0 && size <= sizes[i - 1]) refuse('sizes', 'ascend', sizes);
  });
  const values = matrixOf('errors', data.errors, sizes.length);
  checkErrors(values);
  const means = columns(values);
  const share = testSize !== undefined && means.every((mean) => !(mean > 1));
  if (given) {
    checkSameLength(FN, { sizes: sizes.length, itemCovariance: given.length });
    given.forEach((row) =>
      checkSameLength(FN, { sizes: sizes.length, 'a row of itemCovariance': row.length }),
    );
  }
  return {
    name: data.name ?? 'learning curve',
    title: data.title ?? (share ? 'error rate' : 'error'),
    ...{ share, sizes, values, means },
    trainMeans: data.trainErrors
      ? columns(matrixOf('trainErrors', data.trainErrors, sizes.length))
      : sizes.map(() => NaN),
    covariance:
      given ??
      (share ? assumedCovariance(means, testSize, values.length) : sizes.map(() => sizes.map(() => 0))),
    testN: testSize ?? NaN,
    humanLevel: null,
  };
}

/** The human level in terms of the metric of the curve, if its goal can be put so. */
function humanLevelOf({ goals, metric }: SizeCurve): number | null {
  const goal = goals.humanLevel;
  if (goal === null) return null;
  if (goal.metric === metric) return goal.value;
  return goal.metric === 'accuracy' && metric === 'errorRate' ? 1 - goal.value : null;
}

function fromCurve(json: SizeCurve): ObservedCurve {
  const curve = curveFromJson(json);
  const { points, seeds, testN } = curve;
  return {
    name: curve.name,
    title: curve.title,
    share: curve.unit === 'share',
    sizes: points.map(({ size }) => size),
    values: seeds.map((_, s) => points.map(({ test }) => test.values[s])),
    means: points.map(({ test }) => test.mean),
    trainMeans: points.map(({ train }) => train.mean),
    covariance: itemCovariance(points.map(({ itemErrors }) => itemErrors), testN), // prettier-ignore
    testN,
    humanLevel: humanLevelOf(curve),
  };
}

/** Returns what is known of a curve; throws the InputError that says why it cannot be used. */
export function observedCurve(curve: SizeCurve | CurveData): ObservedCurve {
  check(FN, 'curve', curve, {
    code: 'invalid-type',
    expected: 'be a result of learningCurve, or { sizes, errors, testSize }',
    holds: (value): value is SizeCurve | CurveData => typeof value === 'object' && value !== null,
  });
  const observed = withoutGaps(
    'kind' in curve && curve.kind === 'size-curve' ? fromCurve(curve) : fromData(curve as CurveData),
  );
  const { length } = observed.sizes;
  if (length < 4) refuse('curve', `have errors at no fewer than 4 sizes; it has ${length}`, length, 'empty');
  return observed;
}
