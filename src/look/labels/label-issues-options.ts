import { InputError } from '../../core/input-error';
import {
  anything,
  boolean,
  check,
  checkOptions,
  integer,
  numberIn,
  numbers,
  oneOf,
  record,
} from '../../core/options';
import type { Task } from '../../data/types';
import type { FilterBy } from './filters';
import type { RankBy } from './scores';
import type { LabelIssuesOptions, RegressionRankBy } from './types';

export const FN = 'labelIssues';

const PRUNING = ['prune_by_noise_rate', 'prune_by_class', 'both'] as const;
const FILTERS = [
  'auto',
  ...PRUNING,
  'confident_learning',
  'predicted_neq_given',
  'low_self_confidence',
  'low_normalized_margin',
] as const;
const RANKS: readonly RankBy[] = ['self_confidence', 'normalized_margin', 'confidence_weighted_entropy'];
const RANKS_OF_VALUES: readonly RegressionRankBy[] = ['residual', 'outre'];

/** Options with their defaults. */
export interface PlannedLabels {
  readonly filterBy: FilterBy | 'auto';
  readonly rankBy: RankBy | RegressionRankBy;
  readonly adjustProbabilities: boolean;
  readonly minExamplesPerClass: number;
  readonly fracNoise: number;
  readonly numToRemovePerClass: readonly number[] | null;
  readonly thresholds: readonly number[] | null;
  /** One K×K matrix, or one 2×2 a label; row by row. */
  readonly confidentJoint: readonly Float64Array[] | null;
  readonly deviations: number;
  readonly level: number;
}

const unsupported = (param: string, expected: string, received: unknown, mend?: string): InputError =>
  new InputError({ code: 'unsupported', fn: FN, param, expected, received, mend });

function checkLength(param: string, values: ArrayLike<unknown>, n: number, what: string): void {
  if (values.length === n) return;
  throw new InputError({
    code: 'length-mismatch',
    fn: FN,
    param,
    expected: `have one entry for each of the ${n} ${what}; it has ${values.length}`,
  });
}

/** The entries of a square matrix, row by row. */
function flat(param: string, matrix: unknown, size: number): Float64Array {
  check(FN, param, matrix, numbers);
  const rows = matrix as readonly (readonly number[])[];
  checkLength(param, rows, size, 'given labels');
  return Float64Array.from(
    rows.flatMap((row, i) => {
      check(FN, `${param}[${i}]`, row, numbers);
      checkLength(`${param}[${i}]`, row, size, 'true labels');
      return row.map((count, j) => check(FN, `${param}[${i}][${j}]`, count, numberIn(0, Infinity)));
    }),
  );
}

function jointsOf(
  { confidentJoint }: LabelIssuesOptions,
  task: Task,
  k: number,
): readonly Float64Array[] | null {
  if (confidentJoint === undefined) return null;
  if (task === 'classification') return [flat('confidentJoint', confidentJoint, k)];
  checkLength('confidentJoint', confidentJoint, k, 'labels');
  return (confidentJoint as readonly unknown[]).map((own, i) => flat(`confidentJoint[${i}]`, own, 2));
}

/** Options that one kind of task has no use for. */
const FOREIGN: Readonly<Record<Task, readonly (keyof LabelIssuesOptions)[]>> = {
  classification: ['deviations'],
  'multi-label': ['deviations', 'thresholds'],
  regression: [
    'filterBy',
    'adjustProbabilities',
    'minExamplesPerClass',
    'fracNoise',
    'numToRemovePerClass',
    'thresholds',
    'confidentJoint',
  ],
};

/** Returns the options of `labelIssues` with their defaults; throws the InputError that says what is wrong. */
export function planLabels(options: LabelIssuesOptions, task: Task, k: number): PlannedLabels {
  checkOptions(FN, options, {
    filterBy: oneOf(FILTERS),
    rankBy: oneOf(task === 'regression' ? RANKS_OF_VALUES : RANKS),
    adjustProbabilities: boolean,
    minExamplesPerClass: integer(0),
    fracNoise: numberIn(0, 1),
    numToRemovePerClass: numbers,
    thresholds: numbers,
    confidentJoint: anything,
    deviations: numberIn(0, Infinity, { open: true }),
    level: numberIn(0, 1, { open: true }),
    data: record,
    duplicatesBy: numbers,
  });
  for (const name of FOREIGN[task]) {
    if (options[name] !== undefined)
      throw unsupported(name, `not be given for a ${task} task`, options[name]);
  }
  const {
    filterBy = 'auto',
    rankBy = task === 'regression' ? 'residual' : 'self_confidence',
    adjustProbabilities = false,
    minExamplesPerClass = 1,
    fracNoise = 1,
    numToRemovePerClass = null,
    thresholds = null,
    deviations = 3.5,
    level = 0.95,
  } = options;
  if (adjustProbabilities && rankBy === 'confidence_weighted_entropy')
    throw unsupported('adjustProbabilities', 'not be combined with "confidence_weighted_entropy"', true);
  const prunes = (PRUNING as readonly string[]).includes(filterBy);
  for (const name of ['minExamplesPerClass', 'fracNoise', 'numToRemovePerClass', 'confidentJoint'] as const) {
    if (options[name] === undefined || prunes) continue;
    const rules = PRUNING.map((rule) => `"${rule}"`).join(', ');
    throw unsupported(
      name,
      `be given with a rule that prunes only: ${rules}`,
      options[name],
      `Set filterBy; it is "${filterBy}".`,
    );
  }
  if (numToRemovePerClass) {
    checkLength('numToRemovePerClass', numToRemovePerClass, k, 'classes');
    Array.from(numToRemovePerClass, (value, i) => check(FN, `numToRemovePerClass[${i}]`, value, integer(0)));
  }
  if (thresholds) {
    checkLength('thresholds', thresholds, k, 'classes');
    Array.from(thresholds, (value, i) => check(FN, `thresholds[${i}]`, value, numberIn(0, Infinity)));
  }
  return {
    ...{ filterBy, rankBy, adjustProbabilities, minExamplesPerClass, fracNoise, numToRemovePerClass },
    ...{ thresholds, confidentJoint: jointsOf(options, task, k), deviations, level },
  };
}
