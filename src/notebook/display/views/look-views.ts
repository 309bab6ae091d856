import { confusion as confusionFigure } from '../../../figures/confusion';
import { labelConfusion as labelConfusionFigure } from '../../../figures/label-confusion';
import type { Confusion, LabelConfusion, MostConfused, TopLoss, TopLosses } from '../../../look/types';
import { firstRows, type View } from '../view';
import { confusionGroups, lossGroups, pairGroups } from './example-groups';

/** Head of a column. */
const OVER_SEEDS = 'sd over seeds';

/** What is shown of a confusion table: the heat map, and counts where there are few classes. */
export function confusionView(confusion: Confusion): View {
  const figure = confusionFigure(confusion);
  const small = confusion.classes.length <= 12;
  return {
    answer: `${figure.title}.`,
    figure,
    examples: confusionGroups(confusion),
    tables: small
      ? [
          {
            title: 'Counts: true class by row, predicted by column',
            head: ['true class', ...confusion.classes],
            rows: confusion.classes.map((name, i) => [name, ...confusion.counts[i]]),
            folded: true,
          },
        ]
      : [],
    warnings: confusion.warnings,
  };
}

/** What is shown of the labels of a multi-label task: a bar and a row each, most mistakes first. */
export function labelConfusionView(confusion: LabelConfusion): View {
  const figure = labelConfusionFigure(confusion);
  const sorted = [...confusion.labels].sort((a, b) => b.missed + b.falseAlarms - (a.missed + a.falseAlarms));
  const { rows, more } = firstRows(sorted);
  return {
    answer: `${figure.title}.`,
    figure,
    tables: [
      {
        title: `Each label by itself, ${confusion.n} examples`,
        head: [
          'label',
          'found',
          'missed',
          'false alarms',
          'neither',
          'recall (%), 95 % interval',
          'precision (%), 95 % interval',
          'F1',
        ],
        rows: rows.map((row) => [
          row.label,
          row.found,
          row.missed,
          row.falseAlarms,
          row.neither,
          { value: row.recall, interval: row.recallInterval, share: true },
          { value: row.precision, interval: row.precisionInterval, share: true },
          row.f1,
        ]),
        more,
      },
    ],
    warnings: confusion.warnings,
  };
}

/** What is shown of the pairs of classes that are mixed up. */
export function mostConfusedView(confused: MostConfused): View {
  const { rows, more } = firstRows(confused.pairs);
  const [worst] = confused.pairs;
  const seeds = worst?.seeds;
  return {
    answer: worst
      ? `"${worst.label}" is taken for "${worst.predicted}" most often: ${worst.count} times among ${confused.n} examples.`
      : `No class is taken for another among ${confused.n} examples.`,
    examples: pairGroups(rows),
    tables: [
      {
        head: [
          'true class',
          'predicted',
          'count',
          'share of the true class (%), 95 % interval',
          ...(seeds ? [OVER_SEEDS] : []),
        ],
        rows: rows.map((pair) => [
          pair.label,
          pair.predicted,
          pair.count,
          { value: pair.rate, interval: pair.interval, share: true },
          ...(seeds ? [{ value: pair.seeds?.sd ?? NaN, share: true }] : []),
        ]),
        more,
      },
    ],
  };
}

/** How many of the seeds are wrong on an example; values are never right or wrong. */
const wrongWith = ({ seeds }: TopLoss): string =>
  seeds && Number.isFinite(seeds.wrong) ? `${seeds.wrong} of ${seeds.n} seeds` : '—';

/** What is shown of the examples that the model got worst. */
export function topLossesView(top: TopLosses): View {
  const { rows, more } = firstRows(top.examples);
  const seeds = top.examples[0]?.seeds;
  return {
    answer: `The ${top.examples.length} highest losses among ${top.n} examples.`,
    examples: lossGroups(top),
    tables: [
      {
        ...((top.cards?.length ?? 0) > 0 && { title: 'The same as a table', folded: true }),
        head: [
          'example',
          ...(seeds ? ['mean loss', OVER_SEEDS, 'wrong with'] : ['loss']),
          'label',
          'predicted',
          'probability of the label (%)',
        ],
        rows: rows.map((one) => [
          one.id,
          one.loss,
          ...(seeds ? [one.seeds?.sd ?? NaN, wrongWith(one)] : []),
          one.label,
          one.predicted,
          { value: one.confidence, share: true },
        ]),
        more,
      },
    ],
  };
}
