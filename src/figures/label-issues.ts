import type { LabelIssues } from '../look/labels/types';
import { checkKind } from './check-kind';
import { figure, type Figure } from './figure';
import { namedRows } from './named-rows';
import { COLOURS, layoutOf, percent, plotlyText, shortText } from './template';

/** Classes that a heat map has room for, and bars that are drawn. */
const MOST_CLASSES = 20;
const MOST_BARS = 20;

const counted = (value: number): string => value.toLocaleString('en-US');

/** Estimated pairs as a heat map; the diagonal, labels that are right, is left free. */
function noiseMap(found: LabelIssues, title: string, subtitle: string): Figure {
  const { classes, joint } = found;
  const totals = joint.map((row) => row.reduce((a, b) => a + b, 0));
  const rates = joint.map((row, i) =>
    row.map((count, j) => (i === j || totals[i] === 0 ? null : count / totals[i])),
  );
  const most = Math.max(0.01, ...rates.flat().map((rate) => rate ?? 0));
  const names = classes.map(plotlyText);
  const longest = Math.max(1, ...classes.map((name) => Math.min(22, [...name].length)));
  const crowded = longest * 8 > 560 / classes.length;
  const ticks = {
    tickmode: 'array',
    tickvals: classes.map((_, i) => i),
    ticktext: classes.map((name) => plotlyText(shortText(name, 22))),
    showgrid: false,
  };
  const small = classes.length <= 12;
  return figure({
    title,
    data: [
      {
        type: 'heatmap',
        x: classes.map((_, i) => i),
        y: classes.map((_, i) => i),
        z: rates,
        text: joint.map((row, i) =>
          row.map((count, j) => {
            if (i === j || count === 0) return '';
            return small ? `${counted(count)}<br>${percent(rates[i][j] ?? NaN)}` : counted(count);
          }),
        ),
        texttemplate: '%{text}',
        zmin: 0,
        zmax: most,
        xgap: 1,
        ygap: 1,
        hoverongaps: false,
        colorscale: [
          [0, '#FBF4EE'],
          [0.5, '#EDAA78'],
          [1, COLOURS.strange],
        ],
        colorbar: { title: { text: 'share of<br>given label' }, tickformat: '.0%', thickness: 12 },
        customdata: joint.map((row, i) => row.map((_, j) => [names[i], names[j]])),
        hovertemplate: 'labelled %{customdata[0]}, probably %{customdata[1]}: %{text}<extra></extra>',
      },
    ],
    layout: layoutOf({
      title,
      subtitle: `${subtitle} · each cell: estimated examples, share of its row`,
      xTitle: 'class that they probably belong to',
      yTitle: 'given label',
      xaxis: { ...ticks, tickangle: crowded ? -90 : 0 },
      yaxis: { ...ticks, autorange: 'reversed' },
      height: Math.min(640, 150 + 46 * classes.length) + (crowded ? 8 * longest : 0),
      rightMargin: 110,
      leftMargin: 50 + 8 * longest,
      bottomMargin: crowded ? 50 + 8 * longest : 56,
    }),
  });
}

/** A bar with its interval: a pair of classes, or a label by itself. */
interface Bar {
  readonly name: string;
  readonly rate: number;
  readonly interval: readonly [number, number];
  readonly words: string;
}

function barsOf({ pairs, perClass }: LabelIssues): readonly Bar[] {
  const bars = pairs.length
    ? pairs.map(({ given, suggested, estimated, ...rest }) => ({
        ...rest,
        name: `${shortText(given, 9)} → ${shortText(suggested, 9)}`,
        words: `about ${counted(estimated)}`,
      }))
    : perClass
        .map(({ label, flagged, ...rest }) => ({
          ...rest,
          name: label,
          words: `${counted(flagged)} flagged`,
        }))
        .filter(({ rate }) => rate > 0)
        .sort((a, b) => b.rate - a.rate);
  return bars.slice(0, MOST_BARS);
}

function noiseBars(found: LabelIssues, title: string, subtitle: string): Figure {
  const bars = barsOf(found);
  return figure({
    title,
    data: [
      {
        type: 'bar',
        orientation: 'h',
        y: bars.map((_, i) => i),
        x: bars.map(({ rate }) => rate),
        width: 0.6,
        marker: { color: COLOURS.train },
        error_x: {
          type: 'data',
          symmetric: false,
          array: bars.map(({ rate, interval }) => Math.max(0, interval[1] - rate)),
          arrayminus: bars.map(({ rate, interval }) => Math.max(0, rate - interval[0])),
          color: COLOURS.text,
        },
        hovertemplate: '%{x:.1%}<extra></extra>',
      },
    ],
    layout: layoutOf({
      title,
      subtitle: `${subtitle} · bars: ${found.pairs.length ? 'share of the given label' : 'share of the examples'}, with intervals`,
      xTitle: 'estimated share of wrong labels',
      yTitle: '',
      ...namedRows(
        bars.length > 0 ? bars.map(({ name }) => ({ name, strange: false })) : [{ name: '', strange: false }],
      ),
      xaxis: { rangemode: 'tozero', tickformat: '.0%' },
      rightMargin: 130,
      annotations: bars.map(({ words }, i) => ({
        ...{ xref: 'paper', x: 1, xanchor: 'left', xshift: 8, y: i, showarrow: false, text: words },
      })),
    }),
  });
}

/** Given against predicted values of what is flagged. */
function valueScatter({ issues, options }: LabelIssues, title: string, subtitle: string): Figure {
  const given = issues.map((issue) => Number(issue.given));
  const predicted = issues.map((issue) => Number(issue.suggested));
  const all = [...given, ...predicted];
  const ends = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [0, 1];
  const line = {
    type: 'scatter',
    mode: 'lines',
    x: ends,
    y: ends,
    line: { color: COLOURS.baseline, dash: 'dash' },
  };
  return figure({
    title,
    data: [
      { ...line, hoverinfo: 'skip' },
      {
        ...{ type: 'scatter', mode: 'markers', x: given, y: predicted },
        text: issues.map(({ id }) => plotlyText(id)),
        marker: { color: COLOURS.strange, size: 7 },
        hovertemplate: '%{text}: given %{x}, predicted %{y}<extra></extra>',
      },
    ],
    layout: layoutOf({
      title,
      subtitle: `${subtitle} · flagged beyond ${String(options.deviations)} robust standard deviations · dashed: given = predicted`,
      xTitle: 'given value',
      yTitle: 'predicted value',
    }),
  });
}

/** The sentence that a figure of label issues shows. */
function titleOf({ task, pairs, perClass, flagged, n }: LabelIssues): string {
  if (task === 'regression') {
    return flagged.count > 0
      ? `${counted(flagged.count)} of ${counted(n)} values lie far from what the model expects`
      : 'No value lies far from what the model expects';
  }
  if (task === 'classification') {
    const [worst] = pairs;
    if (!worst || worst.estimated === 0) return 'No class is estimated to be labelled as another';
    return `Most common: labelled "${worst.given}", probably "${worst.suggested}": about ${counted(worst.estimated)} (${percent(worst.rate)} of that label)`;
  }
  const [worst] = [...perClass].sort((a, b) => b.rate - a.rate);
  return worst && worst.rate > 0
    ? `"${worst.label}" is estimated to be wrong most often: in ${percent(worst.rate)} of the examples`
    : 'No label is estimated to be wrong';
}

/**
 * Returns which classes labels are mixed up between: a heat map of the estimated examples of each pair of given and probable
 * class, bars of the largest pairs where there are more than twenty classes, and of each label for multi-label; for regression the
 * flagged values against what the model expects.
 *
 * @param found label issues
 * @returns a Plotly figure; its title names the most common pair
 * @throws InputError `invalid-type` for anything but label issues
 * @example
 * const pair = { given: 'dog', suggested: 'cat', flagged: 2, estimated: 3, rate: 0.3, interval: [0.1, 0.6] };
 * const found = { kind: 'label-issues', task: 'classification', n: 20, classes: ['cat', 'dog'], pairs: [pair], perClass: [] };
 * const rest = { flagged: { count: 2 }, joint: [[10, 0], [3, 7]], issues: [] };
 * figures.labelIssues({ ...found, ...rest }).title // => 'Most common: labelled "dog", probably "cat": about 3 (30 % of that label)'
 */
export function labelIssues(found: LabelIssues): Figure {
  checkKind('labelIssues', 'found', found, 'label-issues');
  const title = titleOf(found);
  const { count } = found.flagged;
  const subtitle = `${counted(found.n)} examples · ${counted(count)} flagged`;
  if (found.task === 'regression') return valueScatter(found, title, subtitle);
  const few = found.joint.length > 0 && found.classes.length <= MOST_CLASSES;
  return few ? noiseMap(found, title, subtitle) : noiseBars(found, title, subtitle);
}
