import type { LayerSummary, RunLog } from '../build/types';
import type { FindingData } from '../suspect/types';
import { figure, type Figure, type Trace } from './figure';
import { foldTicks } from './fold-ticks';
import { evidenceOf, titleOf } from './strange';
import { COLOURS, layoutOf, percent, plotlyText, threeDigits } from './template';
import { namedRows } from './named-rows';

const MOST_LAYERS = 12;

/** A layer with its bar, and what is usual for it. */
interface Row {
  readonly layer: LayerSummary;
  readonly value: number;
  readonly usual?: readonly [number, number];
}

/** What was set, or drawn, for each layer. */
interface Built {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly scale: 'fold' | 'share' | 'linear';
  readonly word: (row: Row) => string;
}

const widthOf = ({ outputShape }: LayerSummary): number =>
  outputShape.slice(1).reduce<number>((product, size) => product * (size ?? 1), 1);

/** "Dense, relu, frozen: 16". */
function kindWord({ layer, value }: Row): string {
  const parts = [layer.type, layer.activation, layer.trainable === false ? 'frozen' : undefined];
  return `${parts.filter((part) => part !== undefined && part !== 'linear').join(', ')}: ${threeDigits(value)}`;
}

/** The quantity that bears out a finding, by a number that its evidence holds; else what comes out of each layer. */
function builtOf(finding: FindingData, { model: { layers } }: RunLog): Built {
  const has = (name: string): boolean => evidenceOf(finding, name) !== undefined;
  const known = (valueOf: (layer: LayerSummary) => number | undefined): readonly Row[] =>
    layers.flatMap((layer) => {
      const value = valueOf(layer);
      return value !== undefined && Number.isFinite(value) ? [{ layer, value }] : [];
    });
  const word = ({ value }: Row): string => threeDigits(value);
  if (has('sd')) {
    const drawn = known(({ initial }) => (initial && initial.sd > 0 ? initial.sd : undefined));
    const rows = drawn.map((row) => ({ ...row, usual: row.layer.initial!.expected }));
    return { title: 'standard deviation of the first weights (log scale)', rows, scale: 'fold', word };
  }
  if (has('bias')) {
    const rows = known(({ initial }) => initial?.bias);
    return { title: 'mean of the first biases', rows, scale: 'linear', word };
  }
  if (has('rate')) {
    const rows = known(({ rate }) => rate ?? 0);
    const share = ({ value }: Row): string => (value > 0 ? percent(value) : '');
    return { title: 'share of its inputs that a layer deletes', rows, scale: 'share', word: share };
  }
  if (has('penalty')) {
    const rows = known(({ penalty }) => penalty);
    return { title: 'penalty on the first weights, in units of the loss', rows, scale: 'linear', word };
  }
  return {
    title: 'numbers that come out for each example (log scale)',
    rows: known(widthOf),
    scale: 'fold',
    word: kindWord,
  };
}

/** The layer itself, the one that it is too close to, and all that are frozen where that is the finding. */
function isMarked({ where, evidence }: FindingData, layer: LayerSummary): boolean {
  const frozen = 'layers' in evidence && layer.trainable === false && layer.parameters > 0;
  return layer.name === where.layer || layer.name === evidence.next || frozen;
}

/**
 * Returns the layers of a model from input to output with what was set or drawn for each, those of a finding marked; null
 * for a finding without a layer.
 */
export function findingModel(finding: FindingData, log: RunLog): Figure | null {
  const built = builtOf(finding, log);
  const at = built.rows.findIndex(({ layer }) => layer.name === finding.where.layer);
  if (at < 0 || built.rows.length < 2) return null;
  const first = Math.max(0, Math.min(at - MOST_LAYERS / 2, built.rows.length - MOST_LAYERS));
  const rows = built.rows.slice(first, first + MOST_LAYERS);
  const marked = rows.map(({ layer }) => isMarked(finding, layer));
  const colours = marked.map((one) => (one ? COLOURS.strange : COLOURS.baseline));
  const fold = built.scale === 'fold';
  const scaled = (value: number): number => (fold ? Math.log10(value) : value);
  const x = rows.map(({ value }) => scaled(value));
  const all = [...x, ...rows.flatMap(({ usual = [] }) => usual.map(scaled))];
  const spans = rows.some(({ usual }) => usual !== undefined);
  const low = spans ? Math.min(...all) - 0.3 : Math.min(0, ...all);
  const high = spans ? Math.max(...all) + 0.3 : built.scale === 'share' ? 1 : Math.max(0, ...all);
  const range = [low - 0.02 * (high - low), high > low ? high : low + 1];
  const words = rows.map(built.word);
  const title = titleOf(finding);
  const layout = layoutOf({
    title,
    subtitle: [
      'layers from input to output',
      rows.length < built.rows.length ? `${rows.length} of ${built.rows.length}` : '',
      spans ? 'green: what is usual for its shape' : '',
    ]
      .filter(Boolean)
      .join(' · '),
    xTitle: built.title,
    yTitle: '',
    xaxis: {
      range,
      ...(fold ? foldTicks(range[0], range[1]) : {}),
      ...(built.scale === 'share' ? { tickformat: '.0%' } : {}),
    },
    ...namedRows(rows.map(({ layer }, i) => ({ name: layer.name, strange: marked[i] }))),
    rightMargin: 24 + 8 * Math.max(...words.map((one) => [...one].length)),
    shapes: rows.flatMap(({ usual }, i) =>
      usual
        ? [
            {
              ...{ type: 'rect', layer: 'below', line: { width: 0 }, fillcolor: `${COLOURS.human}59` },
              ...{ x0: scaled(usual[0]) - 0.02, x1: scaled(usual[1]) + 0.02, y0: i - 0.45, y1: i + 0.45 },
            },
          ]
        : [],
    ),
    annotations: words.map((text, i) => ({
      ...{ x: Math.max(x[i], spans ? scaled(rows[i].usual![1]) : low), y: i },
      ...{
        xanchor: 'left',
        xshift: 7,
        showarrow: false,
        text: marked[i] ? `<b>${plotlyText(text)}</b>` : plotlyText(text),
      },
      font: { color: marked[i] ? COLOURS.strange : COLOURS.text },
    })),
  });
  const y = rows.map((_, i) => i);
  const hover = { customdata: words.map(plotlyText), hovertemplate: '%{customdata}<extra></extra>' };
  const data: Trace = spans
    ? {
        type: 'scatter',
        mode: 'markers',
        x,
        y,
        marker: { color: colours, symbol: 'diamond', size: 11 },
        ...hover,
      }
    : { type: 'bar', orientation: 'h', x, y, width: 0.6, marker: { color: colours }, ...hover };
  return figure({ title, data: [data], layout });
}
