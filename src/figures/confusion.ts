import type { Confusion } from '../look/types';
import { checkKind } from './check-kind';
import { confusionMap } from './confusion-map';
import type { Figure } from './figure';

/** Returns the pair of classes mixed up most often, or undefined when nothing is wrong. */
function worstPair(confusion: Confusion): { label: number; predicted: number; count: number } | undefined {
  let worst: { label: number; predicted: number; count: number } | undefined;
  confusion.counts.forEach((row, label) =>
    row.forEach((count, predicted) => {
      if (label !== predicted && count > (worst?.count ?? 0)) worst = { label, predicted, count };
    }),
  );
  return worst;
}

/**
 * Returns a heat map of predicted against true classes: colour is the share of the true class, words are counts
 * (and shares up to twelve classes).
 *
 * @param confusion counts of predicted against true classes
 * @returns a Plotly figure; its title names the pair mixed up most often
 * @throws InputError `invalid-type` for anything but a confusion
 * @example
 * const counts = { kind: 'confusion', name: 'pets', n: 12, classes: ['cat', 'dog'], counts: [[7, 3], [0, 2]], warnings: [] };
 * figures.confusion(counts).title // => '"cat" is taken for "dog" most often: 3 of 10'
 */
export function confusion(confusion: Confusion): Figure {
  checkKind('confusion', 'confusion', confusion, 'confusion');
  const { classes, counts } = confusion;
  const totals = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const worst = worstPair(confusion);
  const title = worst
    ? `"${classes[worst.label]}" is taken for "${classes[worst.predicted]}" most often: ${worst.count} of ${totals[worst.label]}`
    : 'No example is predicted wrongly';
  return confusionMap(confusion, { title, examples: 'examples', marked: new Set() });
}
