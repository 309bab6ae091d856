import type { Predictions } from '../metrics/types';
import type { TagErrorsOptions } from './tags/tag-options';
import type { ErrorTags } from './tags/types';

/**
 * Returns a random sample of the model's errors to look at one by one, and what the tags that came back say: how common each
 * kind of error is, what fixing it would buy at best, what to do first, and how many more to look at before that is known.
 * Andrew Ng's error-analysis spreadsheet. In a notebook it is a table to go through by keyboard; its tags come back as a cell to
 * paste or as a file for `readTags`.
 *
 * Any number of tags an example. Two names are known: "lucky", for answers that are right for a wrong reason, is counted among
 * right answers; "label is wrong" reads as it says and is counted like any other. Names that differ in case or spaces are one.
 *
 * Each number has its interval. `share` is about these very errors: Wilson's with the finite-population correction. Rates, gains and
 * ceilings are about new examples of the same kind: error rate · (1 − share of the tag), both with their own doubt, by
 * square-and-add. A ceiling is reached only if every error with the tag is mended, and none other broken. Tags are ranked by gain over effort; how sure the
 * order is comes from the Bayesian bootstrap. All that rests on a random sample: tags of hand-picked errors, such as the highest
 * losses, do not say how common anything is.
 *
 * Tags made for another model are joined by id; `since` then says which of the tagged errors are fixed. Errors that are new are
 * a part of their own, and those drawn from both are weighted as the parts are large. The same seed draws another model's errors in
 * the same order as far as they are the same, so that little is to be looked at again. For multi-label an example is an error where
 * any label is wrong, for regression where |predicted − label| is above a bound, by default the worst tenth. Of several seeds the
 * errors are those of the typical one.
 *
 * @param predictions from `evaluate` or `predictionsFrom`, with ids that stay with the examples
 * @param options data: the examples themselves, matched by id. sample; defaults to 100 errors. correct; defaults to 20 right
 *   answers. seed; defaults to 0. stratify: each pair of true and predicted class gets its share; intervals are those of a plain
 *   sample, rather too wide then. tags, tagged, effort, errorAbove, columns, as. level; defaults to 0.95
 * @returns tags, first what to do first; a plan of several together; what to look at; what to keep with `writeTags`
 * @throws InputError `not-found` where no tagged id is among the predictions or a file is not there, `unknown-name`, `unsupported`,
 *   `unreadable`, `missing`, `invalid-type`, `out-of-range`, `unknown-option`
 * @example
 * const rows = Array.from({ length: 40 }, (_, i) => ({ id: `e${i}`, y: 'a', p: i < 8 ? 'b' : 'a' }));
 * const p = predictionsFrom(rows, { label: 'y', predicted: 'p', id: 'id' });
 * const tagged = { e0: ['blurry'], e1: ['blurry', 'dark'], e2: [], e3: ['blurry'], e4: [], e5: [], e6: [], e7: ['dark'] };
 * const { tags, errors } = tagErrors(p, { tagged });
 * [errors.rate, tags[0].tag, tags[0].share, tags[0].ceiling.value] // => [0.2, 'blurry', 0.375, 0.125]
 * @see Andrew Ng, "Machine Learning Yearning", 2018, chapters 13–19
 */
export function tagErrors(predictions: Predictions, options: TagErrorsOptions = {}): ErrorTags {
  const { taggedErrors } = require('./tags/tagged-errors') as typeof import('./tags/tagged-errors');
  return taggedErrors(predictions, options);
}
