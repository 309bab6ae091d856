import { InputError } from '../../core/input-error';
import { nearestName } from '../../core/nearest-name';
import type { Column, Dataset } from '../types';
import { booleanEncoder } from './boolean-step';
import { categoryEncoder } from './category-step';
import type { ColumnNotes } from './column-notes';
import { dateEncoder } from './date-step';
import type { Encoder } from './fitting';
import { ngramEncoder } from './ngram-step';
import { numberEncoder } from './number-step';
import { tokenEncoder } from './token-step';
import type { BlockStep, IgnoreStep, Preparation, PrepareStep } from './types';

type ColumnStep = Exclude<PrepareStep, BlockStep | IgnoreStep>;

/** Types of columns that a step reads. */
const TYPES: Readonly<Record<ColumnStep['step'], readonly Column['type'][]>> = {
  number: ['number', 'boolean'],
  boolean: ['boolean'],
  category: ['string', 'number', 'boolean'],
  date: ['date'],
  words: ['string'],
  characters: ['string'],
  tokens: ['string'],
};

const isColumnStep = (step: PrepareStep): step is ColumnStep =>
  step.step !== 'ignore' && step.step !== 'standardize';

/** A column without any value is one of numbers, whatever it would hold. */
const isEmpty = (column: Column): boolean =>
  column.type === 'number' && column.valid !== null && !column.valid.includes(1);

function columnOf(fn: string, { step, column: name }: ColumnStep, { columns, name: data }: Dataset): Column {
  const names = columns?.names ?? [];
  const column = columns?.columns[name];
  if (!column || !names.includes(name)) {
    const near = nearestName(name, names);
    throw new InputError({
      code: 'missing',
      fn,
      param: 'dataset',
      expected: `have the column "${name}", which the features are made of; "${data}" has ${names.length > 0 ? names.slice(0, 20).join(', ') : 'no raw columns'}`,
      mend: near && `Is it "${near}" there?`,
    });
  }
  if (TYPES[step].includes(column.type) || isEmpty(column)) return column;
  throw new InputError({
    code: 'invalid-type',
    fn,
    param: 'dataset',
    expected: `hold ${TYPES[step][0]}s in "${name}", as the training data did; it holds ${column.type}s`,
  });
}

function encoderOf(step: ColumnStep, column: Column, n: number, notes: ColumnNotes): Encoder {
  switch (step.step) {
    case 'number':
      return numberEncoder(step, column, notes);
    case 'boolean':
      return booleanEncoder(step, column, notes);
    case 'category':
      return categoryEncoder(step, column, notes);
    case 'date':
      return dateEncoder(step, column, notes);
    case 'tokens':
      return tokenEncoder(step, column);
    default:
      return ngramEncoder(step, column, n);
  }
}

/** Returns the encoders of the steps on columns, in their order; throws as `apply` says. */
export function encodersOf(
  fn: string,
  { steps, n }: Pick<Preparation, 'steps' | 'n'>,
  dataset: Dataset,
  notes: ColumnNotes,
): readonly Encoder[] {
  return steps.filter(isColumnStep).map((step) => encoderOf(step, columnOf(fn, step, dataset), n, notes));
}
