import { InputError } from '../../core/input-error';
import type { Column } from '../../data/types';
import type { Predictions } from '../../metrics/types';
import { metadataColumn } from './column-difficulty';

/** What a column says of row i as text; null where nothing. */
function textOf(column: Column, i: number): string | null {
  if (column.type === 'string') return column.dictionary[column.codes[i]] ?? null;
  if (column.valid?.[i] === 0 || Number.isNaN(column.values[i])) return null;
  if (column.type === 'boolean') return column.values[i] === 1 ? 'true' : 'false';
  return String(column.values[i]);
}

/** Refuses tasks in which an answer is not one thing. */
function refuseLabelSets(fn: string, param: string, { task }: Predictions): void {
  if (task !== 'multi-label') return;
  throw new InputError({
    code: 'unsupported',
    fn,
    param,
    expected: 'be of one class or value an example; these predictions have sets of labels',
    mend: 'Give how hard people found them as "values".',
  });
}

/**
 * Returns what people answered as class codes, one array a column: numbers from K on stand for answers that are no class of
 * the model, −1 for none.
 *
 * @throws InputError `missing` for a column that is not there, `not-found` when no answer is a class
 */
export function answerCodes(
  fn: string,
  param: string,
  predictions: Predictions,
  columns: readonly string[],
): readonly Int32Array[] {
  const { classes, metadata, n } = predictions;
  refuseLabelSets(fn, param, predictions);
  const codeOf = new Map(classes.map((name, code) => [name, code]));
  const found = columns.map((name) => {
    const column = metadataColumn(fn, param, metadata, name);
    return Int32Array.from({ length: n }, (_, i) => {
      const answer = textOf(column, i);
      if (answer === null) return -1;
      const code = codeOf.get(answer) ?? codeOf.size;
      codeOf.set(answer, code);
      return code;
    });
  });
  if (!found.some((codes) => codes.some((code) => code >= 0 && code < classes.length))) {
    throw new InputError({
      code: 'not-found',
      fn,
      param,
      expected: `hold classes of the predictions (${classes.slice(0, 5).join(', ')}${classes.length > 5 ? ', …' : ''}); "${columns[0]}" has ${[...codeOf.keys()].slice(classes.length, classes.length + 5).join(', ') || 'no answer'}`,
    });
  }
  return found;
}

/** Returns the values that people gave, one array a column; NaN for none. */
export function answerValues(
  fn: string,
  param: string,
  predictions: Predictions,
  columns: readonly string[],
): readonly Float64Array[] {
  const { metadata, n } = predictions;
  return columns.map((name) => {
    const column = metadataColumn(fn, param, metadata, name);
    if (column.type !== 'number') {
      throw new InputError({
        code: 'invalid-type',
        fn,
        param,
        expected: `be columns of numbers, as the label is; "${name}" holds ${column.type}s`,
      });
    }
    return Float64Array.from({ length: n }, (_, i) => (column.valid?.[i] === 0 ? NaN : column.values[i]));
  });
}
