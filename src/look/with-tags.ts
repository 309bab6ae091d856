import type { Predictions } from '../metrics/types';
import type { TaggedInput } from './tags/stored-tags';

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
  const { tagColumns } = require('./tags/tag-columns') as typeof import('./tags/tag-columns');
  return tagColumns(predictions, tagged);
}
