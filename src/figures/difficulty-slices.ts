import type { DifficultySlices } from '../look/types';
import { checkKind } from './check-kind';
import { figure, type Figure } from './figure';
import { METRIC_WORDS, errorWords, pWords, withInterval } from './error-words';
import { COLOURS, layoutOf, percent, plotlyText, wrapText } from './template';

/** Returns the place of the slice that would gain most if mended, or −1 when none is worse than the whole. */
function worstOf(slices: DifficultySlices): number {
  let worst = -1;
  slices.slices.forEach((slice, i) => {
    if (slice.gainIfFixed > (worst < 0 ? 0 : slices.slices[worst].gainIfFixed)) worst = i;
  });
  return worst;
}

/** What the trend and the halves say, with their n. */
function testWords({ trend, inversion, metric }: DifficultySlices): string {
  const rate = metric === 'error-rate';
  const direction = {
    'harder-is-worse': 'worse where harder',
    'easier-is-worse': 'worse where easier',
    none: 'no trend',
  }[trend.direction];
  const tested = Number.isNaN(trend.pValue) ? [] : [`${direction} (${pWords(trend.pValue)})`];
  const halves = inversion
    ? [`easier less harder half: ${withInterval(rate, inversion.difference, inversion.interval)}`]
    : [];
  return [...tested, ...halves].map((words) => ` · ${words}`).join('');
}

/** The sentence that slices show: what is worse on the easier half, else what costs most. */
export function slicesTitle(slices: DifficultySlices, worst: number): string {
  const { inversion, overall, metric } = slices;
  const word = errorWords(metric === 'error-rate');
  const what = METRIC_WORDS[metric].title;
  if (inversion) {
    const { easierHalf, harderHalf } = inversion;
    return `Worse on the easier half: ${what} ${word(easierHalf.error)} (n = ${easierHalf.n}) against ${word(harderHalf.error)} on the harder half (n = ${harderHalf.n})`;
  }
  if (worst < 0) return `No difficulty slice is worse than the whole: ${what} ${word(overall.error)}`;
  const { error, label } = slices.slices[worst];
  return `The ${what} is ${word(error)} in "${label}", ${word(overall.error)} overall`;
}

/**
 * Returns bars of the error by difficulty, easiest first, with interval bars, the share of all errors in words and
 * the overall error as a line; the slice that costs most is vermilion and says so.
 *
 * @param slices errors sliced by difficulty
 * @returns a Plotly figure; its title is the sentence it shows
 * @throws InputError `invalid-type` for anything but slices by difficulty
 */
export function difficultySlices(slices: DifficultySlices): Figure {
  checkKind('difficultySlices', 'slices', slices, 'difficulty-slices');
  const rate = slices.metric === 'error-rate';
  const word = errorWords(rate);
  const worst = worstOf(slices);
  const title = slicesTitle(slices, worst);
  const { title: what, unit } = METRIC_WORDS[slices.metric];
  const bars = slices.slices;
  const share = (i: number): string =>
    rate ? `${percent(bars[i].shareOfErrors)} of errors<br>n = ${bars[i].n}` : `n = ${bars[i].n}`;
  return figure({
    title,
    data: [
      {
        type: 'bar',
        x: bars.map((_, i) => i),
        y: bars.map((slice) => slice.error),
        width: 0.6,
        marker: { color: bars.map((_, i) => (i === worst ? COLOURS.strange : COLOURS.train)) },
        error_y: {
          type: 'data',
          symmetric: false,
          array: bars.map((slice) => Math.max(0, slice.interval[1] - slice.error)),
          arrayminus: bars.map((slice) => Math.max(0, slice.error - slice.interval[0])),
          color: COLOURS.text,
        },
        hovertemplate: '%{y:.3g}<extra></extra>',
      },
    ],
    layout: layoutOf({
      title,
      subtitle: `${slices.n} examples · ${slices.overall.seeds ? `means of ${slices.overall.seeds.n} seeds, sd: their standard deviation · ` : ''}${Math.round(slices.level * 100)} % intervals · difficulty: ${slices.difficulty.title}${slices.difficulty.circular ? ' (from the same model: circular)' : ''}${testWords(slices)}`,
      xTitle: `${slices.difficulty.title}${slices.difficulty.unit ? ` (${slices.difficulty.unit})` : ''}, easiest first`,
      yTitle: `${what} (${unit})`,
      xaxis: {
        tickmode: 'array',
        tickvals: bars.map((_, i) => i),
        ticktext: bars.map((slice, i) => {
          const words = wrapText(slice.label.split(', ')[0], Math.max(10, Math.floor(84 / bars.length)));
          const spread = slice.seeds ? [`sd ${word(slice.seeds.sd)}`] : [];
          const lines = [
            ...words.map(plotlyText),
            ...(i === worst ? ['<b>worst</b>'] : []),
            share(i),
            ...spread,
          ];
          return lines.join('<br>');
        }),
        showgrid: false,
      },
      yaxis: { rangemode: 'tozero', ...(rate ? { tickformat: '.0%' } : {}) },
      height: slices.overall.seeds ? 402 : 386,
      bottomMargin: slices.overall.seeds ? 124 : 108,
      rightMargin: 120,
      shapes: [
        {
          type: 'line',
          xref: 'paper',
          x0: 0,
          x1: 1,
          y0: slices.overall.error,
          y1: slices.overall.error,
          line: { color: COLOURS.baseline, dash: 'dash', width: 2 },
        },
      ],
      annotations: [
        {
          xref: 'paper',
          x: 1,
          xanchor: 'left',
          xshift: 6,
          y: slices.overall.error,
          showarrow: false,
          text: `overall ${word(slices.overall.error)}`,
        },
      ],
    }),
  });
}
