import type { RunLog } from '../build/types';
import type { FindingData } from '../suspect/types';
import { endLabels, rangeOf } from './end-labels';
import { figure, type Figure, type Trace } from './figure';
import { drawable, logTicks, onScale } from './layer-lines';
import { layerPanels, type LayerPanel } from './layer-panels';
import { USUAL_UPDATES } from './layers-title';
import { evidenceOf, titleOf } from './strange';
import { COLOURS, layoutOf, plotlyText, shortText } from './template';

const HEIGHT = 284;
const NAME_LETTERS = 18;
/** Layers that are all named; of more, only what is strange, the first and the last. */
const MOST_NAMED = 4;

/** The quantity that bears out a finding, by a number that its evidence holds. */
const BY_EVIDENCE = [
  ['dead', 'dead units'],
  ['saturated', 'saturated outputs'],
  ['highest', 'gradients'],
  ['smallest', 'gradients'],
  ['typical', 'update ratio'],
  ['epochs', 'update ratio'],
] as const;

/** Gradients by weight: a layer of many weights has the larger norm without more reaching it. */
function perWeight(panel: LayerPanel, { layers }: RunLog): LayerPanel {
  const weights = new Map(layers.map(({ name, parameters }) => [name, parameters]));
  return {
    ...panel,
    title: 'gradient norm / √weights',
    series: panel.series.map((series) => ({
      ...series,
      values: series.values.map((norm) => norm / Math.sqrt(weights.get(series.name) ?? NaN)),
    })),
  };
}

function panelFor(finding: FindingData, log: RunLog): LayerPanel | undefined {
  const [name, word] = BY_EVIDENCE.find(([key]) => evidenceOf(finding, key) !== undefined) ?? [];
  if (name === undefined || (finding.where.layer === undefined && name !== 'typical')) return undefined;
  const panel = layerPanels({ name: log.name, logs: [log] }).find((one) => one.word === word)!;
  const shown = name === 'smallest' ? perWeight(panel, log) : panel;
  const strange = shown.series.find((series) => series.name === finding.where.layer);
  if (finding.where.layer !== undefined && !strange) return undefined;
  // What stands at zero has no place on a log scale.
  const still =
    shown.scale === 'log' &&
    (strange ? [strange] : shown.series).every(
      ({ values }) => !values.some((value) => value > 0 && value < Infinity),
    );
  return still ? { ...shown, scale: 'linear' } : shown;
}

/**
 * Returns the lines of all layers over the epochs, that of a finding in vermilion and named at its end; null for a finding
 * that the course of no layer bears out, such as one on how a layer was built.
 */
export function findingLayer(finding: FindingData, log: RunLog): Figure | null {
  const panel = panelFor(finding, log);
  if (!panel) return null;
  const { where } = finding;
  // Without a layer it is about all of them.
  const strange = (name: string): boolean => where.layer === undefined || where.layer === name;
  const drawn = panel.series
    .map((series) => drawable(panel, series))
    .filter(({ epochs }) => epochs.length > 0)
    .sort((a, b) => Number(strange(a.name)) - Number(strange(b.name)));
  if (drawn.length === 0) return null;
  const colour = (name: string): string => (strange(name) ? COLOURS.strange : COLOURS.baseline);
  const usual = panel.word === 'update ratio' && panel.scale === 'log' ? USUAL_UPDATES : [];
  const levels = [...drawn.flatMap(({ values }) => values), ...usual].map((value) => onScale(panel, value));
  const range = rangeOf(panel.scale === 'share' ? [...levels, 0, 1] : levels)!;
  const named = drawn.filter(
    ({ name, depth }) => name === where.layer || drawn.length <= MOST_NAMED || depth === 0 || depth === 1,
  );
  const ends = named.map(({ name, epochs, values }) => ({
    x: epochs[epochs.length - 1],
    y: onScale(panel, values[values.length - 1]),
    text: `${strange(name) ? '◀ ' : ''}${plotlyText(shortText(name, NAME_LETTERS))}`,
    colour: colour(name),
  }));
  const last = log.epochs[log.epochs.length - 1]?.epoch ?? 1;
  const xRange = [Math.min(1, last - 1), last + 0.02 * last] as const;
  const layout = layoutOf({
    title: titleOf(finding),
    subtitle: [
      `${drawn.length} ${drawn.length === 1 ? 'layer' : 'layers'}`,
      'means over some steps of each epoch',
      drawn.length > 1 || where.layer === undefined ? '◀ what is strange' : '',
      usual.length > 0 ? 'green: usual, a factor of ten around 10⁻³' : '',
      `seed ${log.seed ?? 'unknown'}`,
    ]
      .filter(Boolean)
      .join(' · '),
    xTitle: 'epoch',
    yTitle: panel.title,
    xaxis: { range: xRange, tickformat: 'd', ...(last < 6 && { dtick: 1 }) },
    yaxis: {
      range,
      ...(panel.scale === 'log' ? logTicks(range) : {}),
      ...(panel.scale === 'share' ? { tickformat: '.0%' } : {}),
    },
    rightMargin: 34 + 8 * Math.max(...ends.map(({ text }) => [...text].length)),
    shapes:
      usual.length > 0
        ? [
            {
              ...{ type: 'rect', layer: 'below', xref: 'paper', x0: 0, x1: 1, y0: usual[0], y1: usual[1] },
              ...{ line: { width: 0 }, fillcolor: `${COLOURS.human}26` },
            },
          ]
        : [],
    annotations: endLabels(ends, { range, height: HEIGHT }),
  });
  const lines = drawn.map(({ name, epochs, values }): Trace => ({
    ...{ type: 'scatter', name: plotlyText(name), x: epochs, y: values },
    mode: epochs.length > 30 ? 'lines' : 'lines+markers',
    line: { color: colour(name), width: strange(name) ? 3 : 1.5 },
    marker: { color: colour(name), size: strange(name) ? 6 : 4 },
    hovertemplate: 'epoch %{x}: %{y:.3g}',
  }));
  return figure({ title: titleOf(finding), data: lines, layout });
}
