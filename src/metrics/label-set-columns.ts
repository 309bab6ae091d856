import { InputError } from '../core/input-error';
import { labelLists, labelNames, labelRows } from '../data/label-columns';
import { labelsFromLists, labelsFromRows } from '../data/label-sets';
import type { Table } from '../data/types';
import { readProbabilities } from './probability-columns';

/** Columns of several labels an example, as `predictionsFrom` is told of them. */
export interface LabelSetSource {
  readonly label: string | readonly string[];
  readonly predicted?: string | readonly string[];
  readonly probabilities?: string | readonly string[];
  readonly classes?: readonly string[];
  readonly separator?: string;
}

/** Labels and predictions of N examples, N×K each. */
export interface LabelSetColumns {
  readonly classes: readonly string[];
  readonly label: Uint8Array;
  readonly predicted: Uint8Array;
  readonly probabilities: Float64Array | null;
  /** Every column that was read. */
  readonly used: readonly string[];
}

/** Columns of probabilities in the order of the labels: as listed, or those whose names are a beginning and a label. */
function probabilityNames(
  fn: string,
  table: Table,
  given: string | readonly string[],
  classes: readonly string[],
): readonly string[] {
  const columns = typeof given === 'string' ? classes.map((name) => given + name) : given;
  const lacking = columns.filter((name) => !table.names.includes(name));
  if (lacking.length > 0) {
    throw new InputError({
      code: 'missing',
      fn,
      param: 'probabilities',
      expected: `name a column for each label; the table lacks ${lacking.slice(0, 5).join(', ')} and has ${table.names.join(', ')}`,
      received: given,
    });
  }
  if (columns.length === classes.length) return columns;
  throw new InputError({
    code: 'length-mismatch',
    fn,
    param: 'probabilities',
    expected: `name a column for each of the labels ${classes.join(', ')}; it names ${columns.length}`,
  });
}

/**
 * Returns labels and predictions from columns of 0 and 1, one a label, or from columns of names; without predictions, what has a
 * probability above 0.5 is predicted.
 *
 * @throws InputError `missing`, `unknown-name`, `length-mismatch`, `out-of-range`, `invalid-type`, `non-finite`, `empty`
 */
export function labelSetColumns(fn: string, table: Table, source: LabelSetSource): LabelSetColumns {
  const { label, predicted, separator } = source;
  const listsOf = (param: string, name: string): readonly (readonly string[])[] =>
    labelLists(fn, param, table, name, separator);
  const columns = [label, predicted].find((one) => one !== undefined && typeof one !== 'string');
  const named = (): readonly string[] =>
    [label, predicted].flatMap((name, i) =>
      typeof name === 'string' ? listsOf(i === 0 ? 'label' : 'predicted', name).flat() : [],
    );
  const ofPrefix = (): readonly string[] =>
    typeof source.probabilities === 'string' && source.probabilities !== ''
      ? table.names
          .filter((name) => name.startsWith(source.probabilities as string))
          .map((name) => name.slice(source.probabilities!.length))
          .filter((name) => name !== '')
      : [];
  const classes =
    source.classes ??
    (columns
      ? labelNames(columns as readonly string[])
      : ofPrefix().length > 0
        ? ofPrefix()
        : [...new Set(named())].sort());
  const setsOf = (param: string, given: string | readonly string[]): Uint8Array =>
    typeof given === 'string'
      ? labelsFromLists(fn, param, listsOf(param, given), classes).has
      : labelsFromRows(fn, param, labelRows(fn, param, table, given), classes).has;
  const names =
    source.probabilities === undefined ? [] : probabilityNames(fn, table, source.probabilities, classes);
  const probabilities = names.length > 0 ? readProbabilities(fn, table, names, false) : null;
  return {
    classes,
    label: setsOf('label', label),
    predicted:
      predicted === undefined
        ? Uint8Array.from(probabilities!, (p) => Number(p > 0.5))
        : setsOf('predicted', predicted),
    probabilities,
    used: [label, predicted ?? [], names].flat(),
  };
}
