import { bodyMaker } from '../cards/body-of';
import type { CardOptions } from '../cards/card-maker';
import { chooseExamples } from '../cards/choose-examples';
import { rowsById } from '../cards/rows-by-id';
import type { CardCell, ExampleCard } from '../cards/types';
import type { DynamicsRegion, RegionCards, TrainingDynamics } from './types';

/** Regions that are worth a look, and how many examples of each. */
const SHOWN = [
  ['hard-to-learn', 12],
  ['ambiguous', 12],
  ['easy-to-learn', 6],
] as const;

/** Examples that are drawn beside them. */
const OTHERS = 240;

type Learnt = Omit<TrainingDynamics, 'kind' | 'cards' | 'otherCards'>;

/** What is high in the examples of a region that are shown. */
function heightOf(region: DynamicsRegion, { loss, variability }: Learnt): ArrayLike<number> {
  if (region === 'ambiguous' && variability) return variability;
  return region === 'easy-to-learn' ? Array.from(loss, (value) => -value) : loss;
}

function cellsOf({ variability, correctness, presentations }: Learnt, row: number): CardCell[] {
  const cells: CardCell[] = [];
  const word = (value: number): string => String(Number(value.toFixed(3)));
  if (variability && variability[row] >= 0) cells.push(['variability', Number(variability[row].toFixed(3))]);
  if (correctness) cells.push(['right', `${word(correctness[row])} of ${word(presentations[row])} times`]);
  return cells;
}

/**
 * Returns the examples of each region that are most so: of most loss among the hard, of most variability among the ambiguous, of
 * least loss among the easy; and a sample of the others. Nothing without a data set.
 */
export function dynamicsCards(
  fn: string,
  learnt: Learnt,
  { data, columns, as }: CardOptions,
): Pick<TrainingDynamics, 'cards' | 'otherCards'> {
  if (!data) return {};
  const { bodyOf } = bodyMaker(fn, data, { as, columns });
  const rowOf = rowsById(fn, learnt.ids, data);
  const known = (value: number | undefined): number | null =>
    value === undefined || Number.isNaN(value) ? null : value;
  const cardOf = (index: number): ExampleCard => {
    const row = rowOf(index);
    return {
      ...{ index, id: learnt.ids[index], label: learnt.labels?.[index] ?? '', predicted: '' },
      confidence: known(learnt.confidence?.[index]),
      ...{ predictedConfidence: null, loss: known(learnt.loss[index]), correct: null },
      body: row < 0 ? { kind: 'none' } : bodyOf(row),
      metadata: cellsOf(learnt, index),
    };
  };
  const seen = learnt.regions.flatMap((_, row) => (learnt.seenIn[row] > 0 ? [row] : []));
  const cards = SHOWN.map(([region, most]): RegionCards => {
    const rows = seen.filter((row) => learnt.regions[row] === region);
    const chosen = chooseExamples(rows, heightOf(region, learnt), most);
    return { region, n: rows.length, cards: chosen.map(cardOf) };
  });
  const shown = new Set(cards.flatMap((own) => own.cards.map(({ index }) => index)));
  const others = chooseExamples(
    seen.filter((row) => !shown.has(row)),
    null,
    OTHERS,
  );
  return { cards, otherCards: others.map(cardOf) };
}
