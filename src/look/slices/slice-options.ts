import { InputError } from '../../core/input-error';
import {
  boolean,
  checkOptions,
  integer,
  numberIn,
  numbers,
  oneOf,
  record,
  type Constraint,
} from '../../core/options';
import type { Dataset } from '../../data/types';
import type { SlicedMeasure } from '../error-values';
import type { Binning } from './level-edges';

/** Parts of a bin that the ends of a slice's ranges can lie between: the more rows, the finer they can be told. */
export const partsOfBin = (rows: number): number => Math.min(16, Math.max(4, Math.round(rows / 5000)));

/** Options of {@link findSlices} that say what is searched and how. */
export interface SliceSearchOptions {
  /** Columns to make slices of; defaults to all of the metadata. */
  readonly columns?: readonly string[];
  /** Slices at most; defaults to 10. */
  readonly k?: number;
  /** SliceLine's α, above 0 and at most 1, to score by its formula; defaults to scoring by surprise (standard errors). */
  readonly alpha?: number;
  /** Rows that a slice has at least: a number ≥ 1, or a share of all below 1; defaults to 0.5 %, but 20 rows. */
  readonly minSupport?: number;
  /** Conditions at most; defaults to 3; Infinity for no limit. */
  readonly maxLevel?: number;
  /** Ranges that a column of numbers is cut into at most; defaults to 10. Up to 20 different numbers stay as they are. */
  readonly bins?: number;
  /** "quantile" (default), "equal-width", or "tree": where the error of the searched rows differs most. */
  readonly binning?: Binning;
  /** Where each range of a column but the first begins, ascending, instead of `bins`. */
  readonly edges?: Readonly<Record<string, readonly number[]>>;
  /** Share of the rows that only judge, from 0 to below 1; defaults to 0.5. 0 judges nothing. */
  readonly holdOut?: number;
  /** Rate of false discoveries among the confirmed slices; defaults to 0.02. */
  readonly falseDiscoveryRate?: number;
  /** Whether slices that say the same are one; defaults to true. */
  readonly group?: boolean;
  /** Rows that are searched at most; defaults to 200,000. The others judge. */
  readonly searchRows?: number;
  /** Confidence level of the intervals, strictly between 0 and 1; defaults to 0.95. */
  readonly level?: number;
  /** Parts the rows; defaults to 0. */
  readonly seed?: number;
}

/** Options of {@link findSlices}. */
export interface FindSlicesOptions extends SliceSearchOptions {
  /**
   * Times that the rows are parted anew, each searched and judged afresh at its share of the rate of false discoveries; what one of them
   * misses by bad luck of the draw another finds. At least 1; defaults to 3 up to 200,000 rows, 2 up to 300,000 and 1 above, where one
   * has power to spare, and to 1 unless both halves are searched. More than 1 needs surprise as the score, rows that judge, and cuts that
   * were not made of the errors (`alpha`, `holdOut: 0` and `binning: 'tree'` exclude it).
   */
  readonly splits?: number;
  /** What is high in a slice: "error" (default; 0 or 1, or the squared error of regression) or the example's "loss". */
  readonly measure?: SlicedMeasure;
  /** The examples themselves, matched by id, to show those of a slice; defaults to none. */
  readonly data?: Dataset;
}

export type ResolvedSliceOptions = Required<
  Omit<FindSlicesOptions, 'columns' | 'alpha' | 'minSupport' | 'edges' | 'data' | 'splits'>
> &
  Pick<FindSlicesOptions, 'columns' | 'alpha' | 'edges'> & { readonly minSupport: number };

const levels: Constraint<number> = {
  code: 'out-of-range',
  expected: 'be an integer from 1 to 60, or Infinity',
  holds: (value): value is number =>
    value === Infinity || (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 60),
};

const support: Constraint<number> = {
  code: 'out-of-range',
  expected: 'be an integer ≥ 1 (rows), or a share strictly between 0 and 1',
  holds: (value): value is number =>
    typeof value === 'number' && value > 0 && (value < 1 || Number.isInteger(value)),
};

const names: Constraint<readonly string[]> = {
  code: 'invalid-type',
  expected: 'be an array of different column names',
  holds: (value): value is readonly string[] =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((name) => typeof name === 'string') &&
    new Set(value).size === value.length,
};

const rows: Constraint<number> = {
  code: 'out-of-range',
  expected: 'be an integer ≥ 1, or Infinity',
  holds: (value): value is number =>
    value === Infinity || (Number.isInteger(value) && (value as number) >= 1),
};

const RULES = {
  columns: names,
  k: integer(1, 1000),
  alpha: {
    ...numberIn(0, 1),
    expected: 'be a number above 0 and at most 1',
    holds: (v: unknown): v is number => typeof v === 'number' && v > 0 && v <= 1,
  },
  minSupport: support,
  maxLevel: levels,
  bins: integer(2, 200),
  binning: oneOf(['quantile', 'equal-width', 'tree']),
  edges: record,
  holdOut: { ...numberIn(0, 0.95), expected: 'be a number from 0 to 0.95' },
  falseDiscoveryRate: numberIn(0, 1, { open: true }),
  group: boolean,
  searchRows: rows,
  level: numberIn(0, 1, { open: true }),
  seed: integer(0),
};

/** Checks the options; `n` is needed for what they default to. */
export function sliceOptions(
  fn: string,
  options: FindSlicesOptions,
  n: number,
  more: Readonly<Record<string, Constraint<unknown>>> = {},
): ResolvedSliceOptions {
  checkOptions<object>(fn, options, { ...RULES, ...more });
  for (const [column, edges] of Object.entries(options.edges ?? {})) {
    const fine =
      numbers.holds(edges) &&
      edges.length > 0 &&
      Array.from(edges).every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]));
    if (fine) continue;
    throw new InputError({
      code: 'out-of-range',
      fn,
      param: `edges.${column}`,
      expected: 'be at least one finite number, ascending',
      received: edges,
    });
  }
  const { minSupport } = options;
  const least = Math.min(n, Math.max(20, Math.ceil(n / 200)));
  return {
    measure: options.measure ?? 'error',
    columns: options.columns,
    k: options.k ?? 10,
    alpha: options.alpha,
    minSupport: minSupport === undefined ? least : minSupport < 1 ? Math.ceil(minSupport * n) : minSupport,
    maxLevel: options.maxLevel ?? 3,
    bins: options.bins ?? 10,
    binning: options.binning ?? 'quantile',
    edges: options.edges,
    holdOut: options.holdOut ?? 0.5,
    falseDiscoveryRate: options.falseDiscoveryRate ?? 0.02,
    group: options.group ?? true,
    searchRows: options.searchRows ?? 200_000,
    level: options.level ?? 0.95,
    seed: options.seed ?? 0,
  };
}
