import { InputError } from '../../core/input-error';
import { check, text } from '../../core/options';
import { featureSize } from '../../data/feature-size';
import type { Column, Dataset, Table } from '../../data/types';
import type { Predictions } from '../../metrics/types';
import { FN } from './label-issues-options';
import type { LabelConflict } from './types';

/** Folds the words of a row into the numbers of all rows. */
type Fold = (row: number, mix: (word: number) => void) => void;

/** True where two rows hold the same. */
type Same = (a: number, b: number) => boolean;

/** Inputs that rows are compared by. */
interface Inputs {
  readonly n: number;
  readonly fold: Fold;
  readonly same: Same;
}

const word = new Float64Array(1);
const words = new Uint32Array(word.buffer);

/** The value of a cell as a number, nulls as one of their own. */
function cellOf(column: Column): (row: number) => number {
  if (column.type === 'string') return (row) => column.codes[row];
  const { values, valid } = column;
  return (row) => (valid !== null && valid[row] === 0 ? -Infinity : values[row]);
}

/** Columns as inputs. */
function columnInputs(n: number, columns: readonly Column[]): Inputs {
  const cells = columns.map(cellOf);
  return {
    n,
    fold(row, mix) {
      for (const cell of cells) {
        word[0] = cell(row);
        mix(words[0]);
        mix(words[1]);
      }
    },
    same: (a, b) => cells.every((cell) => Object.is(cell(a), cell(b))),
  };
}

/** Features as inputs, bit for bit; raw columns where there are no features. */
function datasetInputs({ n, features, columns }: Dataset): Inputs {
  const size = featureSize(features.shape);
  if (size === 0 && columns)
    return columnInputs(
      n,
      columns.names.map((name) => columns.columns[name]),
    );
  const { values } = features;
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return {
    n,
    fold(row, mix) {
      for (let at = row * size; at < (row + 1) * size; at++) mix(bits[at]);
    },
    same(a, b) {
      for (let j = 0; j < size; j++) if (bits[a * size + j] !== bits[b * size + j]) return false;
      return size > 0;
    },
  };
}

/** A number of 53 bits for each row. */
function hashes({ n, fold }: Inputs): Float64Array {
  const out = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    let [a, b] = [0x811c9dc5, 0x9747b28c];
    fold(row, (value) => {
      a = Math.imul(a ^ value, 0x01000193);
      a ^= a >>> 15;
      b = Math.imul((b ^ value) + 0x7ed55d16, 0x85ebca6b);
      b ^= b >>> 13;
    });
    out[row] = (a >>> 0) * 2 ** 21 + ((b >>> 0) & 0x1fffff);
  }
  return out;
}

/** Groups of two and more rows that are equal. */
function equalRows(inputs: Inputs): number[][] {
  const byHash = new Map<number, number[]>();
  hashes(inputs).forEach((hash, row) => {
    const rows = byHash.get(hash);
    if (rows) rows.push(row);
    else byHash.set(hash, [row]);
  });
  const groups: number[][] = [];
  for (const rows of byHash.values()) {
    if (rows.length < 2) continue;
    // Rows of one hash are nearly always equal; where they are not, each kind is a group.
    const kinds: number[][] = [];
    for (const row of rows) {
      const own = kinds.find(([first]) => inputs.same(first, row));
      if (own) own.push(row);
      else kinds.push([row]);
    }
    groups.push(...kinds.filter((kind) => kind.length > 1));
  }
  return groups;
}

/** Row of the predictions for each row of the data, by id; −1 where they have none. */
function rowsById(predictions: Predictions, data: Dataset): Int32Array {
  const rowOf = new Map(predictions.ids.map((id, i) => [id, i]));
  const rows = Int32Array.from(data.ids, (id) => rowOf.get(id) ?? -1);
  if (rows.some((row) => row >= 0)) return rows;
  throw new InputError({
    code: 'not-found',
    fn: FN,
    param: 'data',
    expected: 'hold the examples of the predictions; no id stands in both',
    received: data.ids,
    mend: `The predictions have ids such as "${predictions.ids[0]}".`,
  });
}

function metadataInputs(metadata: Table, names: readonly string[]): Inputs {
  if (names.length === 0)
    throw new InputError({
      code: 'empty',
      fn: FN,
      param: 'duplicatesBy',
      expected: 'name at least one column',
    });
  names.forEach((name, i) => {
    check(FN, `duplicatesBy[${i}]`, name, text);
    if (metadata.names.includes(name)) return;
    throw new InputError({
      code: 'unknown-name',
      fn: FN,
      param: `duplicatesBy[${i}]`,
      expected: `be a metadata column: ${metadata.names.slice(0, 12).join(', ') || 'there are none'}`,
      received: name,
    });
  });
  return columnInputs(
    metadata.n,
    names.map((name) => metadata.columns[name]),
  );
}

/** What conflicts are looked for in. */
export interface ConflictOptions {
  readonly data: Dataset | undefined;
  readonly duplicatesBy: readonly string[] | undefined;
  /** True where the labels of two rows of the predictions differ enough to be in conflict. */
  readonly differ: (a: number, b: number) => boolean;
  readonly labelAt: (row: number) => string;
}

/**
 * Returns examples with equal inputs, bit for bit, and different labels, the largest groups first.
 *
 * @throws InputError `not-found` where the data are of other examples, `unknown-name` for a column that is not there
 */
export function findConflicts(
  predictions: Predictions,
  { data, duplicatesBy, differ, labelAt }: ConflictOptions,
): readonly LabelConflict[] {
  const groups: number[][] = [];
  if (data) {
    const rows = rowsById(predictions, data);
    groups.push(
      ...equalRows(datasetInputs(data)).map((group) =>
        group.map((row) => rows[row]).filter((row) => row >= 0),
      ),
    );
  }
  if (duplicatesBy) groups.push(...equalRows(metadataInputs(predictions.metadata, duplicatesBy)));
  return groups
    .filter((group) => group.some((row) => differ(group[0], row)))
    .sort((a, b) => b.length - a.length || a[0] - b[0])
    .map((indices) => ({
      indices,
      ids: indices.map((row) => predictions.ids[row]),
      labels: indices.map(labelAt),
    }));
}
