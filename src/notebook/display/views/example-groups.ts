import { percent } from '../../../figures/template';
import type { ExampleCard } from '../../../look/cards/types';
import type {
  ConfusedPair,
  Confusion,
  ConfusionCell,
  DifficultySlices,
  TopLosses,
} from '../../../look/types';
import { wilsonInterval } from '../../../stats/wilson-interval';
import type { ExampleGroup } from '../view';

/** Which of n examples have a card: "the 6 of highest loss", "a sample of 6", "all shown". */
export function whichShown(cards: readonly ExampleCard[], n: number): string {
  if (cards.length >= n) return n === 1 ? 'shown here' : 'all shown';
  const losses = cards.every(({ loss }) => loss !== null);
  if (cards.length === 1) return losses ? 'the one of highest loss is shown' : 'one of them is shown';
  return losses ? `the ${cards.length} of highest loss` : `a sample of ${cards.length}`;
}

/** "34 of 512 (6.6 % [4.8, 9.1])", 95 % Wilson interval. */
function shareWords(count: number, total: number): string {
  const [low, high] = wilsonInterval(count, total);
  const bound = (share: number): string => percent(share).replace(' %', '');
  return `${count} of ${total} (${percent(count / total)} [${bound(low)}, ${bound(high)}])`;
}

/** Groups of a confusion table, one a cell. */
export function confusionGroups({ classes, counts, cells = [] }: Confusion): readonly ExampleGroup[] {
  const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  return cells.map(({ label, predicted, n, cards }: ConfusionCell) => ({
    title: `${label === predicted ? `"${classes[label]}" rightly` : `"${classes[label]}" taken for "${classes[predicted]}"`}: ${shareWords(n, totals[label])}, ${whichShown(cards, n)}`,
    marks: [
      {
        ...{ part: 'cell', trace: label === predicted ? 1 : 0, point: [label, predicted] as const },
        box: [predicted - 0.5, label - 0.5, predicted + 0.5, label + 0.5] as const,
      },
    ],
    cards,
  }));
}

/** Groups of confused pairs. */
export const pairGroups = (pairs: readonly ConfusedPair[]): readonly ExampleGroup[] =>
  pairs
    .filter(({ cards = [] }) => cards.length > 0)
    .map(({ label, predicted, count, rate, interval, cards = [] }) => ({
      title: `"${label}" taken for "${predicted}": ${count} (${percent(rate)} [${interval.map(percent).join(', ')}] of its class), ${whichShown(cards, count)}`,
      cards,
    }));

/** The one group of the highest losses. */
export const lossGroups = ({ cards = [], examples }: TopLosses): readonly ExampleGroup[] => {
  if (cards.length === 0) return [];
  const all = cards.length === examples.length;
  return [{ title: all ? '' : `The first ${cards.length} of ${examples.length}`, cards }];
};

/** Groups of difficulty slices, one a bar, the slice that would gain most first. */
export function sliceGroups({ slices, metric }: DifficultySlices): readonly ExampleGroup[] {
  const groups = slices.map(({ label, n, errors, error, gainIfFixed, cards = [] }, i) => {
    const wrong = metric === 'error-rate' ? Math.round(errors) : n;
    const words =
      metric === 'error-rate' ? `${wrong} errors among ${n} examples (${percent(error)})` : `${n} examples`;
    return {
      gain: gainIfFixed,
      group: {
        title: `${label}: ${words}, ${whichShown(cards, wrong)}`,
        marks: [{ part: 'bar', trace: 0, point: i, box: [i - 0.3, 0, i + 0.3, error] as const }],
        cards,
      },
    };
  });
  return groups
    .filter(({ group }) => group.cards.length > 0)
    .sort((a, b) => b.gain - a.gain)
    .map(({ group }) => group);
}
