import type { ErrorTags, Estimated } from '../look/tags/types';
import { checkKind } from './check-kind';
import { figure, type Figure } from './figure';
import { namedRows } from './named-rows';
import { points, pointsWithin, rankingWords, tagsTitle } from './tag-words';
import { COLOURS, layoutOf, plotlyText } from './template';

/** Tags that are drawn at most; the others are in the table. */
const MOST_TAGS = 20;

interface Bar {
  readonly name: string;
  readonly strange: boolean;
  readonly gain: Estimated;
  readonly colour: string;
  readonly words: readonly string[];
}

/** Tags of a result as they are drawn. */
export const drawnTags = ({ tags }: ErrorTags): ErrorTags['tags'] =>
  tags.filter(({ count }) => count > 0).slice(0, MOST_TAGS);

/**
 * Returns bars of what fixing each tag would buy, the first to do first: the error that goes at best, with its interval, and in words
 * the error that is left; errors that have no tag in grey.
 *
 * @param result from `tagErrors`
 * @returns a Plotly figure; its title is the sentence it shows
 * @throws InputError `invalid-type` for anything but a result of `tagErrors`
 * @example
 * const p = predictionsFrom([{ id: 'u', y: 'a', p: 'b' }], { label: 'y', predicted: 'p', id: 'id' });
 * figures.errorTags(tagErrors(p)).title // => '1 error of 1 to look at: none has been yet'
 */
export function errorTags(result: ErrorTags): Figure {
  checkKind('errorTags', 'result', result, 'error-tags');
  const { errors, level } = result;
  const drawn = drawnTags(result);
  const title = tagsTitle(result);
  const settled = result.ranking.status === 'settled';
  const { noTag } = errors;
  const dear = drawn.some(({ effort }) => effort !== 1);
  const bars: Bar[] = drawn.map((one, i) => ({
    name: one.tag,
    strange: i === 0 && settled,
    gain: one.gain,
    colour: i === 0 ? COLOURS.strange : COLOURS.train,
    words: [
      `${one.count} of ${one.n} · at best ${pointsWithin(one.ceiling)}`,
      ...(dear ? [`effort ${one.effort}`] : []),
    ],
  }));
  if (errors.reviewed > 0) {
    bars.push({
      ...{ name: 'no tag', strange: false, colour: COLOURS.baseline },
      gain: noTag.gain,
      words: [`${noTag.count} of ${errors.reviewed} have no tag`],
    });
  }
  const rows = namedRows(bars);
  const high = Math.max(0, ...bars.map(({ gain }) => gain.interval[1]));
  const left = result.tags.filter(({ count }) => count > 0).length - drawn.length;
  const interval = pointsWithin({ value: errors.rate, interval: errors.interval });
  return figure({
    title,
    data: [
      {
        type: 'bar',
        orientation: 'h',
        x: bars.map(({ gain }) => gain.value),
        y: bars.map((_, i) => i),
        width: 0.5,
        marker: { color: bars.map(({ colour }) => colour) },
        error_x: {
          type: 'data',
          symmetric: false,
          array: bars.map(({ gain }) => Math.max(0, gain.interval[1] - gain.value)),
          arrayminus: bars.map(({ gain }) => Math.max(0, gain.value - gain.interval[0])),
          color: COLOURS.text,
        },
        customdata: bars.map(({ gain }) => points(gain.value)),
        hovertemplate: '%{customdata} of error at best<extra></extra>',
      },
    ],
    layout: layoutOf({
      title,
      subtitle: [
        `${errors.reviewed} of ${errors.n} errors looked at, ${result.n} examples, error ${interval}`,
        `${Math.round(level * 100)} % intervals`,
        ...[rankingWords(result)].filter((words) => words !== ''),
        ...(left > 0 ? [`${left} more tags are in the table`] : []),
      ].join(' · '),
      xTitle: 'error that goes at best if all with the tag are fixed (share of examples)',
      yTitle: '',
      xaxis: { range: [0, high > 0 ? 1.05 * high : 1], tickformat: high < 0.05 ? '.1%' : '.0%' },
      ...{ yaxis: rows.yaxis, height: rows.height, leftMargin: rows.leftMargin },
      rightMargin: 262,
      annotations: bars.map(({ words }, i) => ({
        ...{ xref: 'paper', x: 1, xanchor: 'left', xshift: 8, y: i, showarrow: false },
        ...{ text: words.map(plotlyText).join('<br>'), align: 'left', font: { size: 11 } },
      })),
    }),
  });
}
