import { InputError } from '../../core/input-error';
import { integer, oneOf } from '../../core/options';
import { asResult } from '../../core/showable';
import { collectWarnings, type Warnings } from '../../core/warning';
import type { Table } from '../../data/types';
import { bitEngine } from '../../engine/count/bit-engine';
import type { CodedColumn, CountEngine, Counts } from '../../engine/count/types';
import { checkPredictions } from '../../metrics/check-predictions';
import { columnNamed } from '../../metrics/table-cells';
import type { Predictions } from '../../metrics/types';
import { errorValues, type SlicedMeasure } from '../error-values';
import { sliceError } from '../slice-errors';
import { foundSlices } from './found-slices';
import type { Hunt } from './hunt';
import { hunt } from './hunt-splits';
import { codesOf, EDGE_ROWS, levelRule, type LevelRule } from './level-rule';
import { datasetGiven } from '../cards/card-maker';
import { makeSlices } from './make-slices';
import { partsOfBin, sliceOptions, type FindSlicesOptions, type ResolvedSliceOptions } from './slice-options';
import { momentsOf, partRows, valuesOf } from './slice-rows';
import { splitCount } from './split-count';
import type { FoundSlices } from './types';
import { warnUnknown } from '../warn-unknown';

const FN = 'findSlices';

/** Rows whose value is known; the others are left out and said. */
function usableRows(values: Float64Array, measure: SlicedMeasure, warnings: Warnings): Uint32Array {
  const rows: number[] = [];
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) rows.push(i);
  const unknown = values.length - rows.length;
  if (rows.length === 0) {
    const expected = `know the ${measure} of at least one example`;
    throw new InputError({ code: 'missing', fn: FN, param: 'predictions', expected });
  }
  warnUnknown(warnings, measure, unknown, values.length);
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
  const step = group && alpha === undefined ? partsOfBin(table.n) : 1;
  const all = names.map((name) =>
    levelRule(name, table.columns[name], {
      bins,
      step,
      binning,
      edges: edges?.[name],
      support,
      errors,
      seed,
    }),
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
  const columns = rules.map((rule): CodedColumn => ({
    name: rule.name,
    levels: rule.levels,
    codes: codesOf(rule, table.columns[rule.name], rows),
  }));
  return bitEngine(columns, values);
}

/** Rows whose counters are held at once, where there are several splits; those of others are made anew. */
const HELD = 600_000;

/** Answers everything that a hunt wants counted. */
function drive(
  work: ReturnType<typeof hunt>,
  engineOf: (split: number, half: 'searched' | 'heldOut') => CountEngine<Counts>,
): Hunt {
  const engines = new Map<string, CountEngine<Counts>>();
  const rowsHeld = (): number => [...engines.values()].reduce((sum, { n }) => sum + n, 0);
  let step = work.next();
  while (!step.done) {
    const { split, half, request } = step.value;
    const key = `${split} ${half}`;
    let engine = engines.get(key);
    if (!engine) {
      engines.set(key, (engine = engineOf(split, half)));
      // The oldest go first, but not the two in use.
      for (const old of [...engines.keys()].slice(0, -2)) if (rowsHeld() > HELD) engines.delete(old);
    }
    step = work.next(engine.count(request));
  }
  return step.value;
}

/** See `findSlices`. */
export function slicesOfPredictions(predictions: Predictions, options: FindSlicesOptions): FoundSlices {
  checkPredictions(FN, predictions);
  const resolved = sliceOptions(FN, options, predictions.n, {
    measure: oneOf(['error', 'loss']),
    data: datasetGiven,
    splits: integer(1, 100),
  });
  const { measure, level, holdOut, searchRows, seed, minSupport, k, alpha } = resolved;
  const warnings = collectWarnings();
  const names = chosenColumns(predictions.metadata, resolved);
  const errors = errorValues(FN, predictions, measure);
  const values = valuesOf(errors);
  const rows = usableRows(values, measure, warnings);
  const splits = splitCount(FN, options, resolved, rows.length);
  const parted = Array.from({ length: splits }, (_, s) => partRows(rows, holdOut, searchRows, seed, s));
  const [{ searched, heldOut }] = parted;
  if (searched.length + heldOut.length < rows.length) {
    const left = rows.length - searched.length;
    warnings.add(
      'sampled',
      `${searched.length} of ${rows.length} rows, a seeded sample, were searched.`,
      left,
    );
  }
  const seen = new Float64Array(values.length).fill(NaN);
  for (const row of searched) seen[row] = values[row];
  const rules = rulesOf(predictions.metadata, names, seen, resolved, warnings);
  if (
    rows.length > EDGE_ROWS &&
    rules.some(({ cut }) => cut === 'ranges') &&
    resolved.binning !== 'equal-width'
  ) {
    warnings.add('sampled-cuts', `Ranges of numbers are cut by a seeded sample of about ${EDGE_ROWS} rows.`);
  }
  const valuesIn = (of: Uint32Array): Float64Array => Float64Array.from(of, (row) => values[row]);
  const zeroOne = values.every((value) => value === 0 || value === 1 || !Number.isFinite(value));
  const moments = parted.map((parts) => ({
    searched: momentsOf(valuesIn(parts.searched)),
    heldOut: momentsOf(valuesIn(parts.heldOut)),
  }));
  const [totals] = moments;
  const hunted = drive(
    hunt(
      {
        ...{ rules, zeroOne, alpha, k, maxLevel: resolved.maxLevel, group: resolved.group },
        support: Math.max(1, Math.ceil((minSupport * searched.length) / rows.length)),
        falseDiscoveryRate: resolved.falseDiscoveryRate,
        oneWay: resolved.binning === 'tree',
      },
      moments.map((own) => ({ ...own, heldOut: own.heldOut.n > 0 ? own.heldOut : null })),
    ),
    (split, half) => {
      const of = parted[split][half];
      return engineOn(predictions.metadata, rules, of, valuesIn(of));
    },
  );
  const reading = { zeroOne, level };
  const found = foundSlices({
    ...{ name: predictions.name, totals, reading, rules, found: hunted, options: resolved, warnings },
    metric: errors.metric,
    everything: momentsOf(valuesIn(rows)),
    slices: makeSlices(hunted, {
      predictions,
      measure,
      errors,
      values,
      rules,
      totals,
      reading,
      data: options.data,
    }),
  });
  if (errors.bySeed.length === 0) return found;
  return asResult({
    ...found,
    overall: { ...found.overall, ...sliceError(errors, Array.from(rows), level) },
  });
}
