import { InputError } from '../../core/input-error';
import { asResult } from '../../core/showable';
import { collectWarnings, type Warnings } from '../../core/warning';
import type { Table } from '../../data/types';
import { bitEngine } from '../../engine/count/bit-engine';
import type { CodedColumn, CountEngine, Counts } from '../../engine/count/types';
import { checkPredictions } from '../../metrics/check-predictions';
import { columnNamed } from '../../metrics/table-cells';
import type { Predictions } from '../../metrics/types';
import { sliceError } from '../slice-errors';
import { huntSlices, type Hunt } from './hunt';
import { codesOf, EDGE_ROWS, levelRule, type LevelRule } from './level-rule';
import { makeSlices } from './make-slices';
import { errorWithInterval } from './slice-measures';
import { sliceOptions, type FindSlicesOptions, type ResolvedSliceOptions } from './slice-options';
import { momentsOf, partRows, valuesOf } from './slice-rows';
import { smallestVisible } from './smallest-visible';
import type { FoundSlices } from './types';

const FN = 'findSlices';
/** Parts of a bin that the ends of a slice's ranges can lie between. */
const FINER = 4;

/** Rows whose value is known; the others are left out and said. */
function usableRows(values: Float64Array, of: string, warnings: Warnings): Uint32Array {
  const rows: number[] = [];
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) rows.push(i);
  const unknown = values.length - rows.length;
  if (rows.length === 0) {
    throw new InputError({
      code: 'missing',
      fn: FN,
      param: 'predictions',
      expected: `know the ${of} of at least one example`,
      mend: of === 'loss' ? 'Give probabilities to predictionsFrom, or leave "of" out to take errors.' : undefined,
    });
  }
  if (unknown > 0) {
    const message = `The ${of} of ${unknown} of ${values.length} examples is not a finite number; they are left out.`;
    warnings.add(`unknown-${of}`, message, unknown);
  }
  return Uint32Array.from(rows);
}

/** The columns to make slices of, by name. */
function chosenColumns(table: Table, { columns, edges }: ResolvedSliceOptions): readonly string[] {
  const names = columns ?? table.names;
  if (names.length === 0) {
    throw new InputError({
      code: 'missing',
      fn: FN,
      param: 'predictions',
      expected: 'have at least one metadata column to make slices of',
      mend: 'Keep columns in predictionsFrom, or add them to the data set with withMetadata.',
    });
  }
  for (const name of names) columnNamed(FN, 'columns', table, name);
  for (const name of Object.keys(edges ?? {})) {
    const column = columnNamed(FN, 'edges', table, name);
    if (column.type === 'number' || column.type === 'date') continue;
    throw new InputError({
      code: 'unsupported',
      fn: FN,
      param: `edges.${name}`,
      expected: `be left out: column "${name}" has no numbers`,
    });
  }
  return names;
}

/** How each column becomes levels; those that give no slice are left out and said. */
function rulesOf(
  table: Table,
  names: readonly string[],
  errors: Float64Array,
  options: ResolvedSliceOptions,
  warnings: Warnings,
): readonly LevelRule[] {
  const { bins, binning, edges, minSupport: support, seed, alpha, group } = options;
  const step = group && alpha === undefined ? FINER : 1;
  const all = names.map((name) =>
    levelRule(name, table.columns[name], { bins, step, binning, edges: edges?.[name], support, errors, seed }),
  );
  const useless = all.filter(({ levels }) => levels === 0).map(({ name }) => `"${name}"`);
  if (useless.length > 0) {
    const what = useless.length === 1 ? 'column has' : 'columns have';
    const message = `No value of the ${what} ${support} rows or more: ${useless.join(', ')} left out.`;
    warnings.add('no-frequent-value', message, useless.length);
  }
  return all.filter(({ levels }) => levels > 0);
}

function engineOn(
  table: Table,
  rules: readonly LevelRule[],
  rows: Uint32Array,
  values: Float64Array,
): CountEngine<Counts> {
  const columns = rules.map(
    (rule): CodedColumn => ({
      name: rule.name,
      levels: rule.levels,
      codes: codesOf(rule, table.columns[rule.name], rows),
    }),
  );
  return bitEngine(columns, values);
}

/** Answers everything that a hunt wants counted. */
function drive(hunt: ReturnType<typeof huntSlices>, engines: Record<'searched' | 'heldOut', CountEngine<Counts>>): Hunt {
  let step = hunt.next();
  while (!step.done) step = hunt.next(engines[step.value.half].count(step.value.request));
  return step.value;
}

/**
 * Returns the slices of the data on which the model falls short: every combination of up to three conditions (values, ranges
 * of numbers, nothing there) with rows enough is searched exactly, on one half of the rows; those that say something new are
 * judged on the other half, which the search never saw, and reported where the rate of false discoveries allows it.
 * Rows of a slice that belong to one before it do not count for it: what remains is its own.
 *
 * The score is surprise (standard errors above the other rows), which finds small slices with a moderate error as well as
 * large ones; with `alpha` it is SliceLine's, which weighs height against size by α. Use `alpha`, `holdOut: 0` and `group: false` for SliceLine as
 * published. Of losses or squared errors ("of") means are compared instead of shares.
 *
 * @param predictions from `evaluate` or `predictionsFrom`, with metadata columns
 * @param options see {@link FindSlicesOptions}
 * @returns slices with error, interval, share of all errors, gain if fixed (in units of the error), n and p-value; what was not
 *   confirmed; how many combinations were tried; how small a slice could have been seen with so many rows
 * @throws InputError `missing`, `invalid-type`, `out-of-range`, `unsupported`, `unknown-option`
 * @example
 * const rows = Array.from({ length: 4000 }, (_, i) => {
 *   const city = ['Bern', 'Rome', 'Oslo'][i % 3];
 *   return { y: 1, p: i % (city === 'Rome' ? 3 : 20) === 1 ? 0 : 1, city, age: 20 + ((i * 7) % 50) };
 * });
 * const p = predictionsFrom(rows, { label: 'y', predicted: 'p', task: 'classification' });
 * findSlices(p).slices.map((slice) => slice.description) // => ['city = Rome']
 * @see Svetlana Sagadeeva & Matthias Boehm, "SliceLine: Fast, Linear-Algebra-based Slice Finding for ML Model Debugging", 2021
 */
export function findSlices(predictions: Predictions, options: FindSlicesOptions = {}): FoundSlices {
  checkPredictions(FN, predictions);
  const resolved = sliceOptions(FN, options, predictions.n);
  const { of, level, holdOut, searchRows, seed, minSupport, k, alpha, falseDiscoveryRate } = resolved;
  const warnings = collectWarnings();
  const names = chosenColumns(predictions.metadata, resolved);
  const values = valuesOf(predictions, of);
  const rows = usableRows(values, of, warnings);
  const { searched, heldOut } = partRows(rows, holdOut, searchRows, seed);
  if (searched.length + heldOut.length < rows.length) {
    const left = rows.length - searched.length;
    warnings.add('sampled', `${searched.length} of ${rows.length} rows, a seeded sample, were searched.`, left);
  }
  const seen = new Float64Array(values.length).fill(NaN);
  for (const row of searched) seen[row] = values[row];
  const rules = rulesOf(predictions.metadata, names, seen, resolved, warnings);
  if (rows.length > EDGE_ROWS && rules.some(({ cut }) => cut === 'ranges') && resolved.binning !== 'equal-width') {
    warnings.add('sampled-cuts', `Ranges of numbers are cut by a seeded sample of about ${EDGE_ROWS} rows.`);
  }
  const valuesIn = (of: Uint32Array): Float64Array => Float64Array.from(of, (row) => values[row]);
  const [searchedValues, heldOutValues] = [valuesIn(searched), valuesIn(heldOut)];
  const zeroOne = values.every((value) => value === 0 || value === 1 || !Number.isFinite(value));
  const totals = { searched: momentsOf(searchedValues), heldOut: momentsOf(heldOutValues) };
  const support = Math.max(1, Math.ceil((minSupport * searched.length) / rows.length));
  const found = drive(
    huntSlices({
      rules,
      searched: totals.searched,
      heldOut: heldOut.length > 0 ? totals.heldOut : null,
      ...{ zeroOne, alpha, support, k, maxLevel: resolved.maxLevel, group: resolved.group },
    }),
    {
      searched: engineOn(predictions.metadata, rules, searched, searchedValues),
      heldOut: engineOn(predictions.metadata, rules, heldOut, heldOutValues),
    },
  );
  if (heldOut.length === 0 && found.picks.length > 0) {
    const message = 'No rows were held out: slices are measured on the rows that chose them, so their errors are too high.';
    warnings.add('not-judged', message);
  }
  const reading = { zeroOne, level };
  const everything = momentsOf(valuesIn(rows));
  if (zeroOne && totals.searched.sum < 10) {
    const message = `Only ${totals.searched.sum} errors among the ${searched.length} searched rows: slices can hardly be told apart.`;
    warnings.add('few-errors', message, totals.searched.sum);
  }
  const { slices, unconfirmed } = makeSlices(found, {
    ...{ predictions, of, rules, rows, searched, values, totals, reading, falseDiscoveryRate },
    data: resolved.data,
  });
  const evaluated = found.tried.reduce((sum, own) => sum + own.evaluated, 0);
  const seeds = predictions.bySeed && of === 'error' ? sliceError(predictions, Array.from(rows), level) : undefined;
  return asResult({
    kind: 'slices',
    name: predictions.name,
    metric: of === 'loss' ? 'mean-loss' : predictions.task === 'regression' ? 'mean-squared-error' : 'error-rate',
    n: rows.length,
    overall: {
      errors: predictions.task === 'regression' || of === 'loss' ? NaN : everything.sum,
      ...errorWithInterval(everything, reading),
      ...(seeds && { interval: seeds.interval, seeds: seeds.seeds }),
    },
    rows: { searched: searched.length, heldOut: heldOut.length, seed },
    score: alpha === undefined ? { name: 'surprise' } : { name: 'sliceline', alpha },
    ...{ level, falseDiscoveryRate, slices, unconfirmed, minSupport },
    tried: found.tried,
    refined: found.refined,
    columns: rules.map(({ name, cut, values: own, edges, missing, levels }) => ({
      ...{ name, cut, missing, levels },
      ...(cut === 'values' ? { values: own } : { edges }),
    })),
    smallestVisible: smallestVisible({
      ...{ searched: totals.searched, heldOut: heldOut.length, zeroOne, evaluated, falseDiscoveryRate },
      judged: Math.max(1, found.picks.length),
    }),
    warnings: warnings.list(),
  });
}
