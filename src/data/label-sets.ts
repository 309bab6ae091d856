import { InputError } from '../core/input-error';

/** Which of K labels each example has: N×K zeros and ones, row by row. */
export interface LabelSets {
  readonly classes: readonly string[];
  readonly has: Uint8Array;
}

/** Throws unless there is at least one label, each with a name of its own. */
function checkNames(fn: string, param: string, classes: readonly string[]): void {
  if (classes.length === 0) {
    throw new InputError({
      code: 'empty',
      fn,
      param,
      expected: 'name at least one label; no example has any',
      mend: 'Give the names of all labels as "classes".',
    });
  }
  const twice = classes.find((name, i) => classes.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new InputError({
    code: 'out-of-range',
    fn,
    param: 'classes',
    expected: 'be different names',
    received: twice,
  });
}

/**
 * Returns label sets from lists of names, one list an example; an empty list means no label.
 *
 * @param classes names of the labels by column; defaults to those that occur, sorted
 * @throws InputError `empty` without any label, `out-of-range` for a name that is no label or stands twice in a list
 */
export function labelsFromLists(
  fn: string,
  param: string,
  lists: readonly (readonly string[])[],
  classes: readonly string[] = [...new Set(lists.flat())].sort(),
): LabelSets {
  checkNames(fn, param, classes);
  const columnOf = new Map(classes.map((name, k) => [name, k]));
  const has = new Uint8Array(lists.length * classes.length);
  lists.forEach((names, i) => {
    for (const name of names) {
      const column = columnOf.get(name);
      const at = i * classes.length + (column ?? 0);
      if (column === undefined || has[at] === 1) {
        throw new InputError({
          code: 'out-of-range',
          fn,
          param,
          expected:
            column === undefined
              ? `lie among the labels ${classes.join(', ')}; one of example ${i + 1} does not`
              : `name each label of an example once; example ${i + 1} has one twice`,
          received: name,
        });
      }
      has[at] = 1;
    }
  });
  return { classes, has };
}

/**
 * Returns label sets from rows of zeros and ones, or of truth values, one row an example.
 *
 * @param classes names of the labels by column; default to "0", "1", …
 * @throws InputError `length-mismatch` for rows of another length, `out-of-range` for anything but 0, 1, true and false
 */
export function labelsFromRows(
  fn: string,
  param: string,
  rows: readonly ArrayLike<number | boolean>[],
  classes: readonly string[] = Array.from({ length: rows[0]?.length ?? 0 }, (_, k) => String(k)),
): LabelSets {
  checkNames(fn, param, classes);
  const width = classes.length;
  const has = new Uint8Array(rows.length * width);
  rows.forEach((row, i) => {
    if (row.length !== width) {
      throw new InputError({
        code: 'length-mismatch',
        fn,
        param,
        expected: `have ${width} entries in every example, one for each label; example ${i + 1} has ${row.length}`,
      });
    }
    for (let k = 0; k < width; k++) {
      if (row[k] !== 0 && row[k] !== 1 && typeof row[k] !== 'boolean') {
        throw new InputError({
          code: 'out-of-range',
          fn,
          param,
          expected: `be 0 or 1, or true or false, for each label; that of example ${i + 1} for "${classes[k]}" is not`,
          received: row[k],
        });
      }
      has[i * width + k] = Number(row[k]);
    }
  });
  return { classes, has };
}

/** Labels of a multi-label data set as they may be given: names of each example, rows of 0 and 1, or N×K of them flat. */
export type GivenLabelSets = readonly (readonly string[] | ArrayLike<number | boolean>)[] | ArrayLike<number>;

const isRow = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || ArrayBuffer.isView(value);

/** Whether labels hold an array for each example, which only those of multi-label do. */
export const areLabelSets = (labels: ArrayLike<unknown>): boolean => isRow(labels[0]);

/**
 * Returns the label sets of N examples from lists of names, rows of 0 and 1, or one flat array of N×K zeros and ones
 * together with `classes`.
 *
 * @throws InputError `invalid-type` where an example has no array of its own, `missing` for a flat array without `classes`,
 *   `length-mismatch`, `out-of-range`, `empty`
 */
export function labelSets(
  fn: string,
  given: GivenLabelSets,
  n: number,
  classes: readonly string[] | undefined,
): LabelSets {
  const param = 'labels';
  if (!areLabelSets(given)) {
    if (classes === undefined || typeof given[0] === 'string') {
      throw new InputError({
        code: classes === undefined ? 'missing' : 'invalid-type',
        fn,
        param: classes === undefined ? 'classes' : param,
        expected:
          classes === undefined
            ? 'be given when the labels of a multi-label task are one flat array of zeros and ones'
            : 'hold an array for each example: names such as ["rain", "wind"], or 0 and 1 for each label',
        received: classes === undefined ? undefined : given[0],
      });
    }
    if (given.length !== n * classes.length) {
      throw new InputError({
        code: 'length-mismatch',
        fn,
        param,
        expected: `have ${n}×${classes.length} entries, one for each example and label; it has ${given.length}`,
      });
    }
    const flat = Array.from(given as ArrayLike<number>);
    const width = classes.length;
    const rows = Array.from({ length: n }, (_, i) => flat.slice(i * width, (i + 1) * width));
    return labelsFromRows(fn, param, rows, classes);
  }
  const rows = Array.from(given as readonly ArrayLike<unknown>[]);
  const odd = rows.findIndex((row) => !isRow(row));
  const texts = rows.some((row) => isRow(row) && typeof row[0] === 'string');
  const names = texts || rows.every((row) => isRow(row) && row.length === 0);
  const mixed = names
    ? rows.findIndex((row) => isRow(row) && Array.from(row).some((name) => typeof name !== 'string'))
    : -1;
  const bad = odd >= 0 ? odd : mixed;
  if (bad >= 0) {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param,
      expected: `hold an array for each example, all of names or all of 0 and 1; that of example ${bad + 1} is another`,
      received: rows[bad],
    });
  }
  return names
    ? labelsFromLists(fn, param, rows as unknown as readonly (readonly string[])[], classes)
    : labelsFromRows(fn, param, rows as readonly ArrayLike<number | boolean>[], classes);
}
