import { percent, threeDigits } from '../../../figures/template';
import type { SliceData, SliceFit, SliceMeasure } from '../../../look/slices/types';
import type { View, ViewTable } from '../view';
import { cardsOfSlice } from './slices-view';
import { whichShown } from './example-groups';

/** Whether values are errors of 0 and 1: only they are counted. */
const isRate = ({ errors }: SliceMeasure): boolean => Number.isFinite(errors);

function errorWords(measure: SliceMeasure): string {
  const word = isRate(measure) ? percent : threeDigits;
  const name = isRate(measure) ? 'error rate' : 'mean error';
  return `${name} ${word(measure.error)} [${measure.interval.map(word).join(', ')}], ${word(measure.overall)} overall`;
}

function measureTable(rows: readonly (readonly [string, SliceMeasure])[]): ViewTable {
  const share = isRate(rows[0][1]);
  return {
    head: [
      'rows',
      'examples',
      share ? 'error rate (%)' : 'mean error',
      share ? 'of all these (%)' : 'of all these',
    ],
    rows: rows.map(([name, { n, error, interval, overall }]) => [
      name,
      n,
      { value: error, interval, share },
      { value: overall, share },
    ]),
  };
}

/** What is shown of one slice: how bad, how sure, what it costs, its examples. */
export function sliceView(slice: SliceData): View {
  const { description, n, shareOfExamples, discovery, heldOut, sql, alternatives, qValue } = slice;
  const judged = heldOut ?? discovery;
  const share = isRate(judged);
  const cards = cardsOfSlice(slice);
  const sure = heldOut
    ? `Judged on ${heldOut.n} examples that the search never saw (q ${qValue < 0.001 ? '< 0.001' : `= ${threeDigits(qValue)}`}).`
    : 'Measured on the rows that the search chose it by: too high.';
  return {
    answer: `${description}: ${errorWords(judged)}; ${n} examples (${percent(shareOfExamples)}).`,
    notes: [sure, `As SQL: ${sql}`],
    tables: [
      measureTable([...(heldOut ? [['held out', heldOut] as const] : []), ['searched', discovery]]),
      {
        title: 'What it costs',
        head: [
          `share of all ${share ? 'errors' : 'loss'} (%)`,
          'overall error would fall by, if it were as the whole',
        ],
        rows: [
          [
            { value: slice.shareOfErrors, interval: slice.shareOfErrorsInterval, share: true },
            { value: slice.gainIfFixed, interval: slice.gainInterval, share },
          ],
        ],
      },
      ...(alternatives.length > 0
        ? [
            {
              title: 'Other descriptions of about the same examples',
              head: ['description', 'examples searched', 'shared with this (%)'],
              rows: alternatives.map((one) => [one.description, one.n, { value: one.overlap, share: true }]),
              folded: true,
              brief: true,
            },
          ]
        : []),
    ],
    ...(cards.length > 0 && { examples: [{ title: `${description}: ${whichShown(cards, n)}`, cards }] }),
  };
}

/** What is shown of a slice on other rows. */
export function sliceFitView(fit: SliceFit): View {
  return {
    answer: `${fit.description}: ${errorWords(fit)}; ${fit.n} examples (${percent(fit.shareOfExamples)}).`,
    tables: [measureTable([['these predictions', fit]])],
  };
}
