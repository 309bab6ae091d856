import { checkOptions } from '../core/options';
import { asResult } from '../core/showable';
import { collectWarnings, type Warnings } from '../core/warning';
import { checkPredictions } from '../metrics/check-predictions';
import { eachSeed } from '../metrics/by-seed';
import type { Predictions } from '../metrics/types';
import { meanInterval } from '../stats/mean-interval';
import { CARD_RULES, type CardOptions } from './cards/card-maker';
import { groupCards } from './cards/group-cards';
import type { Confusion, ConfusionCell } from './types';

const FN = 'confusion';

/** Standard deviation of each count over the seeds; undefined for fewer than two. */
function deviationsOf(all: readonly Confusion['counts'][]): number[][] | undefined {
  if (all.length < 2) return undefined;
  return all[0].map((row, i) =>
    row.map((_, j) => {
      const { standardError, n } = meanInterval(all.map((counts) => counts[i][j]));
      return standardError * Math.sqrt(n);
    }),
  );
}

/** Options of {@link confusion}. */
export type ConfusionOptions = CardOptions;

/** Examples with a card in a cell: of a mistake, of what is right. */
const MISTAKES = 6;
const RIGHT = 3;

/** Counts of predicted against true classes, and of all that are counted. */
export function countConfusion({ classes, label, predicted, n }: Predictions): {
  readonly counts: readonly (readonly number[])[];
  readonly counted: number;
} {
  const counts = classes.map(() => new Array<number>(classes.length).fill(0));
  let counted = 0;
  for (let i = 0; i < n; i++) {
    if (!(predicted[i] >= 0)) continue;
    counts[label[i]][predicted[i]]++;
    counted++;
  }
  return { counts, counted };
}

/** The cells that hold examples: mistakes first, the largest on top. */
function filledCells(
  { classes, label, predicted, n }: Predictions,
  counts: Confusion['counts'],
): (Omit<ConfusionCell, 'cards'> & { readonly indices: readonly number[] })[] {
  const rows = new Map<number, number[]>();
  const size = classes.length;
  for (let i = 0; i < n; i++) {
    if (!(predicted[i] >= 0)) continue;
    const key = label[i] * size + predicted[i];
    const known = rows.get(key);
    if (known) known.push(i);
    else rows.set(key, [i]);
  }
  const cells = [...rows].map(([key, indices]) => {
    const [a, b] = [Math.floor(key / size), key % size];
    return { label: a, predicted: b, n: counts[a][b], indices };
  });
  const right = (cell: { label: number; predicted: number }): number => Number(cell.label === cell.predicted);
  return cells.sort(
    (a, b) => right(a) - right(b) || b.n - a.n || a.label - b.label || a.predicted - b.predicted,
  );
}

/** Cells that have cards; undefined where there is nothing to show. */
function cellsOf(
  predictions: Predictions,
  counts: Confusion['counts'],
  options: ConfusionOptions,
  warnings: Warnings,
): readonly ConfusionCell[] | undefined {
  const cells = filledCells(predictions, counts);
  const groups = cells.map(({ indices, label, predicted }) => ({
    indices,
    most: label === predicted ? RIGHT : MISTAKES,
  }));
  const cards = groupCards(FN, predictions, options, groups, warnings);
  return (
    cards &&
    cells
      .map(({ label, predicted, n }, place) => ({ label, predicted, n, cards: cards[place] }))
      .filter((cell) => cell.cards.length > 0)
  );
}

/**
 * Returns how often each class was predicted as each class. For classification; examples without a predicted class
 * (the model's output was not a number) are left out and said in a warning. Of several seeds the counts are those of the
 * typical one, with their deviations over all. With `data` the result carries up to six examples of each mistake and three of what
 * is right as cards (highest loss first), 240 in all, which a notebook shows at a click; without, their metadata.
 *
 * @param predictions from `evaluate` or `predictionsFrom`
 * @param options data, columns, as: what the cards show; defaults to no data
 * @returns `counts[label][predicted]`; rows and columns in the order of `classes`
 * @throws InputError `invalid-type`, `unsupported` for regression, and for multi-label, whose table is `labelConfusion`,
 *   `not-found` where the data shares no id, `unknown-name`, `unknown-option`
 * @example
 * const p = predictionsFrom([{ y: 'a', p: 'a' }, { y: 'b', p: 'a' }], { label: 'y', predicted: 'p' });
 * confusion(p).counts // => [[1, 0], [1, 0]]
 */
export function confusion(predictions: Predictions, options: ConfusionOptions = {}): Confusion {
  checkOptions(FN, options, CARD_RULES);
  const several = (predictions as Predictions | null)?.task === 'multi-label';
  const given = checkPredictions(
    FN,
    predictions,
    'classification',
    undefined,
    several ? 'Use labelConfusion, which counts each label by itself.' : undefined,
  );
  const { name, classes, n } = given;
  const deviations = deviationsOf(eachSeed(given).map((own) => countConfusion(own).counts));
  const { counts, counted } = countConfusion(given);
  const warnings = collectWarnings();
  if (counted < n) {
    const message = `${n - counted} of ${n} examples have no predicted class and are left out.`;
    warnings.add('no-prediction', message, n - counted);
  }
  const cells = cellsOf(given, counts, options, warnings);
  return asResult({
    ...{ kind: 'confusion' as const, name, n: counted, classes, counts },
    ...(deviations && { deviations }),
    ...(cells && { cells }),
    warnings: warnings.list(),
  });
}
