import { boolean, numberIn, integer, anything, type Constraint, type OptionRules } from '../../core/options';
import { CARD_RULES, type CardOptions } from '../cards/card-maker';
import { errorAboveGiven, someExamples, type ErrorAbove } from './error-rows';
import type { TaggedInput } from './stored-tags';

/** Options of `tagErrors`. */
export interface TagErrorsOptions extends CardOptions {
  /** Errors to look at; all where there are fewer. Defaults to 100. */
  readonly sample?: number;
  /** Right answers to look at, to find those that are right by luck. Defaults to 20. */
  readonly correct?: number;
  /** Which examples are drawn; defaults to that of `tagged`, else 0. */
  readonly seed?: number;
  /** Draw of each pair of true and predicted class its share, to within one or so; defaults to false. */
  readonly stratify?: boolean;
  /** Names of tags to begin with; further ones come with `tagged`. */
  readonly tags?: readonly string[];
  /** Tags that came back: by id, an earlier result, or a file of them. */
  readonly tagged?: TaggedInput;
  /** What fixing each tag costs beside the others; defaults to 1 each. */
  readonly effort?: Readonly<Record<string, number>>;
  /** Regression: from where on an error counts, in units of the target or as a quantile; defaults to { quantile: 0.9 }. */
  readonly errorAbove?: ErrorAbove;
  /** Confidence level strictly between 0 and 1; defaults to 0.95. */
  readonly level?: number;
}

const tagNames: Constraint<readonly string[]> = {
  code: 'invalid-type',
  expected: 'be an array of names',
  holds: (value): value is readonly string[] =>
    Array.isArray(value) && value.every((name) => typeof name === 'string' && name.trim() !== ''),
};

const efforts: Constraint<Readonly<Record<string, number>>> = {
  code: 'out-of-range',
  expected: 'hold a number > 0 for each tag it names',
  holds: (value): value is Readonly<Record<string, number>> =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(numberIn(0, Infinity, { open: true }).holds),
};

export const TAG_RULES: OptionRules<TagErrorsOptions> = {
  ...CARD_RULES,
  sample: someExamples,
  correct: someExamples,
  seed: integer(0),
  stratify: boolean,
  tags: tagNames,
  tagged: anything,
  effort: efforts,
  errorAbove: errorAboveGiven,
  level: numberIn(0, 1, { open: true }),
};
