import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import type { BooleanColumn } from '../data/types';
import { checkPredictions } from '../metrics/check-predictions';
import type { Predictions } from '../metrics/types';
import { fingerprintOf } from './tags/fingerprint-of';
import { joinTags } from './tags/join-tags';
import { storedTags, type TaggedInput } from './tags/stored-tags';

/**
 * Returns the predictions with a metadata column for each tag: true where the example has it, false where it was looked at and
 * has not, null where nobody has looked. So tags can be sliced by, crossed with other columns, and taken for a difficulty. A
 * column that is there already keeps its name; the tag's is then followed by " (tag)".
 *
 * @param predictions N examples, matched by id
 * @param tagged a result of `tagErrors`, what `readTags` gives, tags by id, or a file of them
 * @throws InputError `not-found` where no tagged id is among the predictions, and those of `tagErrors` for `tagged`
 * @example
 * const p = predictionsFrom([{ id: 'u', y: 1, p: 2 }, { id: 'v', y: 1, p: 1 }], { label: 'y', predicted: 'p', id: 'id', task: 'classification' });
 * columnValue(withTags(p, { u: ['blurry'] }).metadata.columns.blurry, 0) // => true
 */
export function withTags(predictions: Predictions, tagged: TaggedInput): Predictions {
  const fn = 'withTags';
  const given = checkPredictions(fn, predictions);
  const store = storedTags({ fn, param: 'tagged' }, tagged);
  const warnings = collectWarnings();
  for (const { code, message, count } of given.warnings) warnings.add(code, message, count);
  const { said } = joinTags(fn, given, store, fingerprintOf(given), warnings);
  const { metadata, n } = given;
  const columns = store.tagNames.map((tag): [string, BooleanColumn] => {
    const values = new Uint8Array(n);
    const valid = new Uint8Array(n);
    for (const [row, { tags }] of said) {
      valid[row] = 1;
      values[row] = tags.includes(tag) ? 1 : 0;
    }
    const name = metadata.names.includes(tag) ? `${tag} (tag)` : tag;
    return [name, { type: 'boolean', values, valid }];
  });
  return asResult({
    ...given,
    metadata: {
      ...metadata,
      n,
      names: [...metadata.names, ...columns.map(([name]) => name)],
      columns: { ...metadata.columns, ...Object.fromEntries(columns) },
    },
    warnings: warnings.list(),
  });
}
