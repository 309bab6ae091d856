import { checkOptions, integer } from '../core/options';
import type { TrainingDynamics } from '../look/dynamics/types';
import { checkKind } from './check-kind';
import { mapPlaces, MAP_LIMIT, type Axes, type DataMapOptions, type MapBins } from './data-map-places';
import { figure, type Figure, type Trace } from './figure';
import { COLOURS, layoutOf, percent, plotlyText, shortText, threeDigits } from './template';

const LOG = { type: 'log', dtick: 1, exponentformat: 'power' } as const;

/** "which", for the class that holds most of the examples that are never right; empty where none does. */
function mostly({ classes, neverLearned }: TrainingDynamics): string {
  const worst = [...(classes ?? [])].sort((a, b) => b.neverLearned.count - a.neverLearned.count)[0];
  if (!worst || worst.neverLearned.count <= neverLearned!.count / 2 || neverLearned!.count < 5) return '';
  return `, most of them "${shortText(worst.class, 24)}"`;
}

/** The sentence that the map shows. */
export function dataMapTitle(dynamics: TrainingDynamics): string {
  const { neverLearned, forgotten, loss } = dynamics;
  if (neverLearned && forgotten) {
    const again = `${percent(forgotten.share)} are forgotten at least once`;
    if (neverLearned.n === 0) return 'No example was trained on';
    if (neverLearned.count === 0) return `Every training example is right at least once; ${again}`;
    const are = neverLearned.count === 1 ? 'is' : 'are';
    return `${neverLearned.count} of ${neverLearned.n} training examples ${are} never right${mostly(dynamics)}; ${again}`;
  }
  const known = Array.from(loss).filter((value) => !Number.isNaN(value));
  const top = known.sort((a, b) => b - a).slice(0, Math.ceil(known.length / 10));
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  if (known.length === 0) return 'No example was trained on';
  return `The hardest tenth of the examples carries ${percent(sum(top) / sum(known))} of the loss`;
}

function subtitleOf(dynamics: TrainingDynamics, known: number, sampled: string): string {
  const { runs, seeds, epochs, neverLearned } = dynamics;
  const unseen = dynamics.n - known;
  const longest = Math.max(...epochs);
  const shown = seeds.map((seed) => seed ?? 'unknown');
  const interval = neverLearned?.interval.map(percent).join(' to ');
  return [
    `${known} examples${unseen > 0 ? `, ${unseen} were not trained on` : ''}`,
    sampled,
    interval && `never right: ${percent(neverLearned!.share)} (95 % interval ${interval})`,
    `${runs} run${runs === 1 ? '' : 's'} of ${longest} epoch${longest === 1 ? '' : 's'}, seed${runs === 1 ? '' : 's'} ${shortText(shown.join(', '), 40)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What the regions are called on the map, each at the middle of its examples. */
function regionNames({ regions, confidence, variability }: TrainingDynamics, axes: Axes): Trace[] {
  if (!confidence || !variability) return [];
  const names = [
    ['easy-to-learn', 'easy to learn'],
    ['ambiguous', 'ambiguous'],
    ['hard-to-learn', 'hard to learn'],
  ] as const;
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return names.flatMap(([region, words]) => {
    const rows = regions.flatMap((own, row) =>
      own === region && axes.x[row] >= 0 && !Number.isNaN(axes.y[row]) ? [row] : [],
    );
    if (rows.length === 0) return [];
    return [
      {
        x: middle(rows.map((row) => axes.x[row])),
        y: middle(rows.map((row) => axes.y[row])),
        text: `<b>${words}</b>: ${rows.length}`,
        showarrow: false,
        bgcolor: 'rgba(255,255,255,0.8)',
        borderpad: 2,
        font: { color: '#333333' },
      },
    ];
  });
}

/** How many examples lie at each height. */
function countBars({ counts, edges }: MapBins): Trace {
  return {
    type: 'bar',
    orientation: 'h',
    name: 'examples',
    xaxis: 'x2',
    x: counts,
    y: counts.map((_, bin) => edges[bin]),
    offset: 0,
    width: counts.map((_, bin) => edges[bin + 1] - edges[bin]),
    marker: { color: COLOURS.baseline, line: { color: COLOURS.text, width: 1 } },
    hovertemplate: '%{x} examples from %{y:.3g}<extra></extra>',
  };
}

/**
 * Returns the map of a training set: each example by how sure the model was of its label and how much that changed from epoch
 * to epoch; colour and shape tell how often it was right. Top left is easy, right ambiguous, bottom left hard to learn. For
 * regression it is the mean loss by its spread; colour and shape tell the thirds of most and least loss. Bars at the side
 * count the examples.
 *
 * @param dynamics what `trainingDynamics` returns
 * @param options limit of the points, seed of the sample
 * @returns a Plotly figure; its title says how many examples are never right and how many are forgotten
 * @throws InputError `invalid-type` for anything else
 * @example
 * const build = ({ tf, inputShape, units }) =>
 *   tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] });
 * const run = await fit(build, datasets.iris(), { epochs: 5, learningRate: 0.1 });
 * figures.dataMap(trainingDynamics(run)).data.length // => 5
 * @see Swayamdipta et al., "Dataset cartography", 2020
 */
export function dataMap(dynamics: TrainingDynamics, options: DataMapOptions = {}): Figure {
  checkKind('dataMap', 'dynamics', dynamics, 'training-dynamics');
  const { limit = MAP_LIMIT, seed = 0 } = checkOptions('dataMap', options, {
    limit: integer(1),
    seed: integer(0),
  });
  const { ids, labels, correctness, presentations } = dynamics;
  const { axes, known, groups, bins, sampled } = mapPlaces(dynamics, { limit, seed });
  const title = dataMapTitle(dynamics);
  const words = (row: number): readonly string[] => [
    plotlyText(shortText(ids[row], 40)),
    labels ? plotlyText(shortText(labels[row], 40)) : 'unknown',
    correctness ? `right ${threeDigits(correctness[row])} of ${threeDigits(presentations[row])} times` : '',
  ];
  const points = groups.map(({ words: name, symbol, color, drawn }): Trace => ({
    type: 'scatter',
    mode: 'markers',
    name,
    // Of one presentation there is no spread; the points then stand at 0.
    x: drawn.map((row) => axes.x[row] || 0),
    y: drawn.map((row) => axes.y[row]),
    marker: { symbol, color, size: 6, opacity: 0.7 },
    customdata: drawn.map(words),
    hovertemplate:
      '%{customdata[0]}, label %{customdata[1]}<br>%{customdata[2]}<br>(%{x:.3f}, %{y:.3f})<extra></extra>',
  }));
  const layout = layoutOf({
    title,
    subtitle: subtitleOf(dynamics, known.length, sampled),
    xTitle: axes.xTitle,
    yTitle: axes.yTitle,
    height: 380,
    headRoom: 17 * groups.length + 4,
    annotations: [
      ...regionNames(dynamics, axes),
      ...groups.map(({ words: name, sign, color, rows }, i) => ({
        ...{ xref: 'paper', yref: 'paper', x: 0, y: 1, xanchor: 'left', yanchor: 'bottom' },
        yshift: 4 + 17 * (groups.length - 1 - i),
        showarrow: false,
        text: `${sign} ${name}: ${rows.length} (${percent(rows.length / known.length)})`,
        font: { color },
      })),
    ],
  });
  const scale = axes.log ? LOG : { rangemode: 'tozero' };
  const [xaxis, yaxis] = [layout.xaxis as object, layout.yaxis as object];
  return figure({
    title,
    data: [...points, countBars(bins)],
    layout: {
      ...layout,
      xaxis: { ...xaxis, domain: [0, 0.84], ...scale },
      yaxis: { ...yaxis, ...(correctness ? { range: [-0.02, 1.02] } : scale) },
      xaxis2: { ...xaxis, domain: [0.87, 1], title: { text: 'examples', standoff: 8 }, nticks: 3 },
    },
  });
}
