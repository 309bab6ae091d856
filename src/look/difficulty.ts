import { InputError } from '../core/input-error';
import {
  anything,
  boolean,
  check,
  checkOptions,
  integer,
  numbers,
  oneOf,
  record,
  text,
  type Constraint,
} from '../core/options';
import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import { checkPredictions } from '../metrics/check-predictions';
import type { Predictions } from '../metrics/types';
import type { DifficultyOptions } from './difficulty-options';
import { humanDifficulty } from './sources/human-difficulty';
import { metadataDifficulty } from './sources/metadata-difficulty';
import { OUTPUT_MEASURES } from './sources/output-measures';
import { ownLossDifficulty } from './sources/own-loss-difficulty';
import { referenceDifficulty } from './sources/reference-difficulty';
import type { SourceValues } from './sources/source-values';
import { TRAINING_MEASURES, trainingDifficulty } from './sources/training-difficulty';
import type { Difficulty } from './types';

const FN = 'difficulty';
const WORDS = { title: text, unit: text };
const SOURCE = oneOf([
  'human',
  'metadata',
  'reference-model',
  'training-dynamics',
  'neighbours',
  'instance-hardness',
  'own-loss',
]);

const names = (expected: string, among?: readonly string[]): Constraint<readonly string[]> => ({
  code: 'invalid-type',
  expected,
  holds: (value): value is readonly string[] =>
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value).size === value.length &&
    value.every((name) => typeof name === 'string' && (among?.includes(name) ?? true)),
});
const COLUMNS = names('be names of columns, each once');
const ORDER = names('be the values of the column from the easiest to the hardest, each once');
/** Checks the options of the source that was named and asks it; what trains models or compares rows is loaded then. */
function ask(predictions: Predictions, options: DifficultyOptions): SourceValues {
  check(FN, 'options', options, record);
  check(FN, 'source', options.source, SOURCE);
  switch (options.source) {
    case 'metadata':
      checkOptions(FN, options, {
        ...WORDS,
        source: SOURCE,
        column: text,
        higherIsHarder: boolean,
        order: ORDER,
      });
      return metadataDifficulty(FN, predictions, options);
    case 'human':
      checkOptions(FN, options, {
        ...WORDS,
        source: SOURCE,
        column: text,
        values: numbers,
        time: text,
        answer: text,
        annotators: COLUMNS,
        votes: numbers,
        measure: oneOf(['minority', 'entropy', 'disagreement', 'spread']),
        higherIsHarder: boolean,
      });
      return humanDifficulty(FN, predictions, options);
    case 'reference-model':
      checkOptions(FN, options, {
        ...WORDS,
        source: SOURCE,
        reference: anything,
        measure: oneOf(['correctness', ...OUTPUT_MEASURES]),
      });
      return referenceDifficulty(FN, predictions, options);
    case 'training-dynamics':
      checkOptions(FN, options, {
        ...WORDS,
        source: SOURCE,
        log: anything,
        measure: oneOf(TRAINING_MEASURES),
        ofThisModel: boolean,
      });
      return trainingDifficulty(FN, predictions, options);
    case 'neighbours': {
      checkOptions(FN, options, {
        ...WORDS,
        source: SOURCE,
        dataset: anything,
        among: anything,
        k: integer(1, 1000),
        seed: integer(0),
      });
      const { neighboursDifficulty } =
        require('./sources/neighbours-difficulty') as typeof import('./sources/neighbours-difficulty');
      return neighboursDifficulty(FN, predictions, options);
    }
    case 'instance-hardness': {
      const { HARDNESS_LEARNERS: known } =
        require('./hardness/learners') as typeof import('./hardness/learners');
      const { hardnessDifficulty } =
        require('./sources/hardness-difficulty') as typeof import('./sources/hardness-difficulty');
      checkOptions(FN, options, {
        ...WORDS,
        source: SOURCE,
        dataset: anything,
        learners: names(`be some of ${known.map((name) => `"${name}"`).join(', ')}, each once`, known),
        folds: integer(2, 20),
        seed: integer(0),
      });
      return hardnessDifficulty(FN, predictions, options);
    }
    case 'own-loss':
      checkOptions(FN, options, { ...WORDS, source: SOURCE, measure: oneOf(OUTPUT_MEASURES) });
      return ownLossDifficulty(FN, predictions, options);
  }
}

/**
 * Returns how hard each example is, and who says so. Prefer a source that knows nothing of the model (people, metadata,
 * another model, the data): by its own loss every model is worst where it is worst, and the result then says `circular`.
 *
 * - "metadata" { column, order }: numbers, dates, truth values, or categories in an order.
 * - "human" { column | values | time | answer | annotators | votes }: ratings, seconds, one person's mistakes, or how much
 *   several disagree.
 * - "reference-model" { reference, measure }: another model, several, or the ladder of `baselines`.
 * - "training-dynamics" { log, measure }: cartography, forgetting events, area under the margin, EL2N.
 * - "neighbours" { dataset, k }: the share of the k most similar examples with another label, exact up to 3·10¹⁰ numbers
 *   compared, else among a seeded sample, which is said.
 * - "instance-hardness" { dataset, learners, folds }: 1 less the mean probability that simple models give the truth, out of
 *   fold. A value depends on its own label: a mislabelled example is hard.
 * - "own-loss" { measure }: loss, margin, confidence or entropy of the model itself.
 *
 * @param predictions from `evaluate` or `predictionsFrom`
 * @param options the source and what it needs; title and unit default to the source's own
 * @returns one value per example in the order of the predictions, higher is harder, NaN where unknown
 * @throws InputError `missing`, `not-found`, `length-mismatch`, `empty` when no value is known, `invalid-type`, `unsupported`,
 *   `unknown-option`
 * @example
 * const rows = [{ y: 'a', p: 'a', ink: 3 }, { y: 'a', p: 'b', ink: 9 }];
 * const p = predictionsFrom(rows, { label: 'y', predicted: 'p', metadata: ['ink'] });
 * Array.from(difficulty(p, { source: 'metadata', column: 'ink' }).values) // => [3, 9]
 * @see Michael Smith, Tony Martinez & Christophe Giraud-Carrier, "An instance level analysis of data complexity", 2014
 */
export function difficulty(predictions: Predictions, options: DifficultyOptions): Difficulty {
  checkPredictions(FN, predictions);
  const { source, title, unit, values, circular, levels, warnings: own = [] } = ask(predictions, options);
  const { n, ids } = predictions;
  const missing = values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
  if (missing === n) {
    throw new InputError({
      code: 'empty',
      fn: FN,
      param: source,
      expected: 'know the difficulty of at least one example',
    });
  }
  const warnings = collectWarnings();
  for (const { code, message, count } of own) warnings.add(code, message, count);
  if (missing > 0) {
    warnings.add('missing-difficulty', `The difficulty of ${missing} of ${n} examples is unknown.`, missing);
  }
  if (circular) {
    const message =
      'This difficulty comes from the model itself: it must be worst where it is worst. Use people, metadata or another model.';
    warnings.add('circular', message);
  }
  return asResult({
    kind: 'difficulty',
    source,
    title: options.title ?? title,
    unit: options.unit ?? unit,
    ...(levels && { levels }),
    n,
    ids,
    values,
    circular,
    missing,
    warnings: warnings.list(),
  });
}
