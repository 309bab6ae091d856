import { InputError } from '../core/input-error';
import { anything, boolean, check, checkOptions, numbers, oneOf, record, text } from '../core/options';
import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import { checkPredictions } from '../metrics/check-predictions';
import type { Predictions } from '../metrics/types';
import type { DifficultyOptions } from './difficulty-options';
import { humanDifficulty } from './sources/human-difficulty';
import { metadataDifficulty } from './sources/metadata-difficulty';
import { ownLossDifficulty } from './sources/own-loss-difficulty';
import { referenceDifficulty } from './sources/reference-difficulty';
import type { SourceValues } from './sources/source-values';
import { TRAINING_MEASURES, trainingDifficulty } from './sources/training-difficulty';
import type { Difficulty } from './types';

const FN = 'difficulty';
const WORDS = { title: text, unit: text };
const SOURCE = oneOf(['human', 'metadata', 'reference-model', 'training-dynamics', 'own-loss']);

/** Checks the options of the source that was named and asks it. */
function ask(predictions: Predictions, options: DifficultyOptions): SourceValues {
  check(FN, 'options', options, record);
  check(FN, 'source', options.source, SOURCE);
  switch (options.source) {
    case 'metadata':
      checkOptions(FN, options, { ...WORDS, source: SOURCE, column: text, higherIsHarder: boolean });
      return metadataDifficulty(FN, predictions, options);
    case 'human':
      checkOptions(FN, options, {
        ...WORDS,
        source: SOURCE,
        column: text,
        values: numbers,
        higherIsHarder: boolean,
      });
      return humanDifficulty(FN, predictions, options);
    case 'reference-model':
      checkOptions(FN, options, { ...WORDS, source: SOURCE, reference: anything });
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
    case 'own-loss':
      checkOptions(FN, options, { ...WORDS, source: SOURCE });
      return ownLossDifficulty(FN, predictions, options);
  }
}

/**
 * Returns how hard each example is, and who says so. Prefer a source that knows nothing of the model (people, metadata,
 * another model): by its own loss every model is worst where it is worst, and the result then says `circular`.
 *
 * @param predictions from `evaluate` or `predictionsFrom`
 * @param options source: "metadata" { column }, "human" { values or column }, "reference-model" { reference },
 *   "training-dynamics" { log, measure }, "own-loss". higherIsHarder; defaults to true. title and unit; default to the source's own
 * @returns one value per example in the order of the predictions, higher is harder, NaN where unknown
 * @throws InputError `missing`, `not-found`, `length-mismatch`, `empty` when no value is known, `invalid-type`, `unknown-option`
 * @example
 * const rows = [{ y: 'a', p: 'a', ink: 3 }, { y: 'a', p: 'b', ink: 9 }];
 * const p = predictionsFrom(rows, { label: 'y', predicted: 'p', metadata: ['ink'] });
 * Array.from(difficulty(p, { source: 'metadata', column: 'ink' }).values) // => [3, 9]
 */
export function difficulty(predictions: Predictions, options: DifficultyOptions): Difficulty {
  checkPredictions(FN, predictions);
  const { source, title, unit, values, circular } = ask(predictions, options);
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
    n,
    ids,
    values,
    circular,
    missing,
    warnings: warnings.list(),
  });
}
