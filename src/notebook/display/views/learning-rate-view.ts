import type { LearningRateSearch, RateMethod } from '../../../build/learning-rate-search';
import { learningRate } from '../../../figures/learning-rate';
import { threeDigits } from '../../../figures/template';
import { firstRows, type View } from '../view';

/** What is shown of a learning-rate search: the suggestion, the curves, what each method and each repeat says. */
export function learningRateView(search: LearningRateSearch): View {
  const figure = learningRate(search);
  const { suggestions, method, reason, curves, seconds, steps } = search;
  const methods = Object.keys(suggestions ?? {}) as RateMethod[];
  const { rows, more } = firstRows(curves);
  return {
    answer: `${figure.title}.`,
    notes: [
      ...(reason?.mend ? [reason.mend] : []),
      `${curves.length} range test${curves.length === 1 ? '' : 's'} in ${threeDigits(seconds)} s (${steps}).`,
    ],
    figure: curves.some(({ losses }) => losses.length > 0) ? figure : undefined,
    tables: [
      ...(suggestions
        ? [
            {
              title: 'Suggestions (median, smallest and largest of the repeats)',
              head: ['method', 'learning rate', 'smallest', 'largest', 'repeats'],
              rows: methods.map((name) => [
                name === method ? `${name} (taken)` : name,
                suggestions[name].rate,
                ...suggestions[name].range,
                suggestions[name].n,
              ]),
            },
          ]
        : []),
      {
        title: 'Range tests',
        head: ['seed', 'steps', 'ended', 'least smoothed loss', method, 'says nothing because'],
        rows: rows.map((curve) => [
          curve.seed,
          curve.losses.length,
          curve.stopped,
          curve.smoothed.length > 0 ? curve.smoothed.reduce((a, b) => Math.min(a, b)) : NaN,
          curve.suggestions?.[method] ?? NaN,
          curve.reason ?? '—',
        ]),
        more,
        folded: true,
      },
    ],
    warnings: search.warnings,
  };
}
