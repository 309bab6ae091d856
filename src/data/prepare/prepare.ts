import { createHash } from 'node:crypto';
import { InputError } from '../../core/input-error';
import { check, checkOptions, integer, oneOf, record, type Constraint } from '../../core/options';
import type { Warning } from '../../core/warning';
import { refuseNonFinite } from '../refuse-non-finite';
import type { Dataset, Role } from '../types';
import { asPreparation } from './as-preparation';
import { fitBlock } from './block-step';
import { fitBoolean } from './boolean-step';
import { fitCategory } from './category-step';
import { columnNotes, type ColumnNotes } from './column-notes';
import { fitDate } from './date-step';
import { encodersOf } from './encoders';
import type { Fitting } from './fitting';
import { fitNgrams } from './ngram-step';
import { fitNumber } from './number-step';
import { idLike, usualRole } from './roles';
import { fitTokens, tokenIds } from './token-step';
import type { Preparation, PrepareOptions, PrepareStep, TokenStep } from './types';

const RANGE: Constraint<readonly [number, number]> = {
  code: 'out-of-range',
  expected: 'be two integers ≥ 1, the shorter length first',
  holds: (value): value is readonly [number, number] =>
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((length) => Number.isInteger(length) && length >= 1) &&
    value[0] <= value[1],
};

/** Throws the InputError that says what is wrong with options of `prepare`. */
export function checkPrepareOptions(fn: string, options: PrepareOptions): void {
  checkOptions(fn, options, {
    text: oneOf(['ngrams', 'tokens']),
    words: RANGE,
    characters: RANGE,
    vocabulary: integer(1),
    maxLength: integer(1),
    minCount: integer(1),
    maxLevels: integer(1),
    standardize: oneOf(['feature', 'channel', 'all']),
  });
}

function ignored({ name, column, n, notes }: Fitting): PrepareStep {
  const why = idLike(column, n);
  if (why !== null) notes.add('id-like-column', name);
  return { step: 'ignore', column: name, why: why ?? 'its role' };
}

function stepsOf(role: Role, fitting: Fitting): readonly PrepareStep[] {
  switch (role) {
    case 'number':
      return [fitNumber(fitting)];
    case 'boolean':
      return [fitBoolean(fitting)];
    case 'category':
      return [fitCategory(fitting)];
    case 'date':
      return [fitDate(fitting)];
    case 'text':
      return fitting.options.text === 'tokens' ? [fitTokens(fitting)] : fitNgrams(fitting);
    default:
      return [ignored(fitting)];
  }
}

/** Token ids stand alone: they go to an embedding, other features to a dense layer. */
function refuseMixedTokens(fn: string, steps: readonly PrepareStep[]): void {
  const used = steps.filter(({ step }) => step !== 'ignore');
  const tokens = used.filter((step): step is TokenStep => step.step === 'tokens');
  if (tokens.length === 0 || used.length === 1) return;
  const others = used.flatMap((step) => ('column' in step && step !== tokens[0] ? [step.column] : []));
  throw new InputError({
    code: 'unsupported',
    fn,
    param: 'text',
    expected: `be "ngrams" where there are other inputs than "${tokens[0].column}": ${others.slice(0, 5).join(', ')}${others.length > 5 ? ', …' : ''}`,
    mend: `Leave the others out: dataset({ …, roles: { "${others[0]}": 'ignore' } }).`,
  });
}

function measureColumns(
  fn: string,
  train: Dataset,
  options: PrepareOptions,
  notes: ColumnNotes,
): readonly PrepareStep[] {
  const table = train.columns!;
  const steps = table.names.flatMap((name) => {
    const column = table.columns[name];
    const role = train.roles?.[name] ?? usualRole(column, train.n);
    return stepsOf(role, { name, column, n: train.n, options, notes });
  });
  if (steps.every(({ step }) => step === 'ignore')) {
    const whys = steps.flatMap((step) => (step.step === 'ignore' ? [`"${step.column}": ${step.why}`] : []));
    throw new InputError({
      code: 'empty',
      fn,
      param: 'train',
      expected: `have a column to learn from; ${whys.slice(0, 5).join('; ')}`,
      mend: 'Give a column a role of its own with "roles" of dataset().',
    });
  }
  refuseMixedTokens(fn, steps);
  return steps;
}

interface Output {
  readonly shape: readonly number[];
  readonly names?: readonly string[];
  readonly vocabulary: number | null;
}

function outputOf(fn: string, train: Dataset, steps: readonly PrepareStep[]): Output {
  if (!train.columns) {
    const { shape, names } = train.features;
    return { shape, ...(names && { names }), vocabulary: null };
  }
  const tokens = steps.find((step): step is TokenStep => step.step === 'tokens');
  if (tokens) return { shape: [tokens.length], vocabulary: tokenIds(tokens) };
  const names = encodersOf(fn, { steps, n: train.n }, train, columnNotes()).flatMap((one) => one.names);
  return { shape: [names.length], names, vocabulary: null };
}

/** As {@link prepare}, for a caller of another name. */
export function prepareFor(fn: string, train: Dataset, options: PrepareOptions): Preparation {
  checkPrepareOptions(fn, options);
  check(fn, 'train', train?.kind === 'dataset' ? train : undefined, { ...record, expected: 'be a Dataset' });
  if (train.n === 0) {
    throw new InputError({ code: 'empty', fn, param: 'train', expected: 'hold at least one example' });
  }
  if (!train.columns && train.preparation) return train.preparation;
  const notes = columnNotes();
  let steps: readonly PrepareStep[];
  if (train.columns) steps = measureColumns(fn, train, options, notes);
  else {
    refuseNonFinite(fn, train.features);
    steps = [fitBlock(train.features, options.standardize)];
  }
  const warnings: readonly Warning[] = notes.list();
  return asPreparation({
    kind: 'preparation',
    version: 1,
    name: train.name,
    n: train.n,
    steps,
    ...outputOf(fn, train, steps),
    options,
    fingerprint: createHash('sha256').update(JSON.stringify(steps)).digest('hex').slice(0, 16),
    warnings,
  });
}

/**
 * Returns how to make features of a data set, with all numbers for it measured on these examples alone: `apply` then makes
 * those of any other examples, so that nothing of them leaks into training. `fit` does this by itself for raw columns; call
 * it to choose otherwise, or to see what is made. A data set of dense features is standardised.
 *
 * Numbers are standardised, gaps filled by the median and marked; categories become one feature a level; dates become days
 * and the sine and cosine of year, week and day; text becomes bags of word and character n-grams, weighted by tf-idf (with
 * smoothing, as scikit-learn has it), or token ids.
 *
 * @param train N training examples, never those to judge by
 * @returns the steps, column by column; what was left out or degraded stands in `warnings`
 * @throws InputError `empty` without an example or a usable column, `unsupported` for tokens beside other inputs,
 *   `unknown-option`, `out-of-range`
 * @example
 * const people = dataset({ columns: { age: [20, null, 40], town: ['Ulm', 'Bonn', 'Ulm'] }, labels: [1, 2, 3] });
 * const preparation = prepare(people);
 * preparation.names // => ['age', 'age missing', 'town = Bonn', 'town = Ulm']
 * const other = dataset({ columns: { age: [30], town: ['Rom'] }, labels: [2] });
 * Array.from(preparation.apply(other).features.values) // => [0, 0, 0, 0]
 */
export function prepare(train: Dataset, options: PrepareOptions = {}): Preparation {
  return prepareFor('prepare', train, options);
}
