import { InputError } from '../../core/input-error';
import { oneOf, type Constraint, type OptionRules } from '../../core/options';
import type { Warnings } from '../../core/warning';
import { requireColumn } from '../../data/require-column';
import type { Dataset } from '../../data/types';
import type { Predictions } from '../../metrics/types';
import { bodyMaker, namesOf, type BodyKind, type BodyMaker } from './body-of';
import { describeExample } from './describe-example';
import { lossesOf } from './losses-of';
import { cellsOf, rowBody } from './row-body';
import type { CardCell, ExampleCard } from './types';

/** Metadata beside a picture. */
const BESIDE = 6;

/** Where the examples of cards are, and what is shown of them. */
export interface CardOptions {
  /** The examples themselves; matched by id. Defaults to none: cards then show metadata, where there is any. */
  readonly data?: Dataset;
  /** Columns, features and metadata to show, by name; defaults to all that fit. */
  readonly columns?: readonly string[];
  /** What features are shown as; defaults to what their shape, names and roles say. */
  readonly as?: BodyKind;
}

/** Constraint: a data set. */
export const datasetGiven: Constraint<Dataset> = {
  code: 'invalid-type',
  expected: 'be a Dataset',
  holds: (value): value is Dataset => (value as Dataset | null | undefined)?.kind === 'dataset',
};

const names: Constraint<readonly string[]> = {
  code: 'invalid-type',
  expected: 'be an array of names',
  holds: (value): value is readonly string[] =>
    Array.isArray(value) && value.every((name) => typeof name === 'string'),
};

export const CARD_RULES: OptionRules<CardOptions> = {
  data: datasetGiven,
  columns: names,
  as: oneOf(['image', 'text', 'row', 'series']),
};

/** What makes cards of predictions. */
export interface CardMaker {
  readonly cardOf: (index: number) => ExampleCard;
  readonly cardsOf: (indices: readonly number[]) => readonly ExampleCard[];
  /** What the bodies are, in words; empty where there are none. */
  readonly shown: string;
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** Rows of the data by row of the predictions, −1 where an id is not among them. */
function rowsById(fn: string, { ids, n }: Predictions, data: Dataset): (index: number) => number {
  if (data.n === n && data.ids.every((id, i) => id === ids[i])) return (index) => index;
  const rowOf = new Map<string, number>();
  data.ids.forEach((id, row) => rowOf.set(id, rowOf.get(id) ?? row));
  if (n > 0 && !ids.some((id) => rowOf.has(id))) {
    throw new InputError({
      code: 'not-found',
      fn,
      param: 'data',
      expected: `share ids with the predictions; theirs begin ${JSON.stringify(data.ids.slice(0, 3))}, those of the predictions ${JSON.stringify(ids.slice(0, 3))}`,
      mend: 'Give the data set that was predicted.',
    });
  }
  return (index) => rowOf.get(ids[index]) ?? -1;
}

/**
 * Returns what makes a card of an example, for functions that show examples beside other things. Options are taken as checked
 * by `CARD_RULES`. Nothing is read of the data before a card is made, but for the range of pixels.
 *
 * @param fn the public function that was called, for messages
 * @param warnings takes `unmatched`, for each card whose id is not in the data
 * @throws InputError `missing` for `as` without data, `not-found` where no id is shared, `unknown-name` for a column, `unsupported` for `as`
 */
export function cardMaker(
  fn: string,
  predictions: Predictions,
  { data, columns, as }: CardOptions,
  warnings?: Warnings,
): CardMaker {
  const { metadata, ids, correct, task } = predictions;
  if (as !== undefined && !data) {
    throw new InputError({ code: 'missing', fn, param: 'data', expected: 'be given with "as"' });
  }
  const own = data ? namesOf(data) : [];
  for (const name of columns ?? [])
    requireColumn(fn, 'columns', [...new Set([...own, ...metadata.names])], name);
  const ofData = columns?.filter((name) => own.includes(name));
  const beside = columns ? metadata.names.filter((name) => columns.includes(name)) : metadata.names;
  const rowOf = data && rowsById(fn, predictions, data);
  const maker: BodyMaker | undefined =
    data && bodyMaker(fn, data, { as, ...(ofData && ofData.length > 0 && { columns: ofData }) });
  const loss = lossesOf(predictions);
  // A column that is in the body already is not said again.
  const others = beside.filter((name) => !own.includes(name)).slice(0, BESIDE);
  const metadataOf = (index: number): CardCell[] => cellsOf(metadata, others, index);

  function bodiesOf(index: number): Pick<ExampleCard, 'body' | 'metadata'> {
    const row = rowOf ? rowOf(index) : -1;
    if (row < 0 && rowOf) {
      warnings?.add(
        'unmatched',
        'An example is not among the data under its id; its card has metadata only.',
      );
    }
    const body = row >= 0 && maker ? maker.bodyOf(row) : ({ kind: 'none' } as const);
    if (body.kind !== 'none') return { body, metadata: metadataOf(index) };
    if (beside.length === 0) return { body, metadata: [] };
    return { body: rowBody(beside, (shown) => cellsOf(metadata, shown, index)), metadata: [] };
  }

  function cardOf(index: number): ExampleCard {
    const { label, predicted, confidence, predictedConfidence } = describeExample(predictions, index);
    return {
      ...{ index, id: ids[index], label, predicted },
      confidence: known(confidence),
      predictedConfidence: known(predictedConfidence),
      loss: known(loss?.[index] ?? NaN),
      correct: task === 'regression' ? null : correct[index] === 1,
      ...bodiesOf(index),
    };
  }

  return {
    cardOf,
    cardsOf: (indices) => indices.map(cardOf),
    shown: maker?.shown || (beside.length > 0 ? 'metadata' : ''),
  };
}
