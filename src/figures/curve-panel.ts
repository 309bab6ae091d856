import type { CurveLine, Side } from './curve-lines';
import { thinLine } from './curve-lines';
import { rangeOf, type LineEnd } from './end-labels';
import type { Trace } from './figure';
import { stepTraces, type StepLosses } from './step-losses';
import { COLOURS, plotlyText, threeDigits } from './template';

/** One line of a panel with what belongs to it. */
export interface DrawnLine {
  readonly side: Side;
  readonly line: CurveLine;
  /** Half-width of the band in `errors` of the line; 0 for none. */
  readonly band: number;
  readonly dash: 'solid' | 'dash';
  /** At its end. */
  readonly word: string;
  /** Lines that this one is the mean of, drawn thin. */
  readonly raw?: readonly CurveLine[];
}

/** A level to compare with. */
export interface GoalLine {
  readonly word: string;
  readonly value: number;
  readonly source: string;
  readonly colour: string;
  readonly dash: string;
}

/** What a panel shows: the loss or one metric. */
export interface CurvePanel {
  readonly title: string;
  readonly lines: readonly DrawnLine[];
  readonly best: readonly { readonly epoch: number; readonly value: number }[];
  readonly goals: readonly GoalLine[];
  readonly steps?: StepLosses;
}

/** A panel as parts of a Plotly figure. */
export interface PanelParts {
  readonly data: readonly Trace[];
  readonly ends: readonly LineEnd[];
  readonly shapes: readonly Record<string, unknown>[];
  readonly range: [number, number] | undefined;
  /** Step losses beyond the range; empty where all are within. */
  readonly beyond: readonly number[];
}

/** Stretches of a thin line: 202 points at most. */
const RAW_STRETCHES = 100;
/** Points that are still drawn as markers. */
const MOST_MARKERS = 120;

function bandOf(line: CurveLine, width: number, side: Side, yaxis: string): Trace {
  const upper = line.values.map((v, i) => v + width * line.errors[i]);
  const lower = line.values.map((v, i) => v - width * line.errors[i]);
  return {
    type: 'scatter',
    mode: 'lines',
    yaxis,
    x: [...line.epochs, ...[...line.epochs].reverse()],
    y: [...upper, ...lower.reverse()],
    fill: 'toself',
    fillcolor: `${COLOURS[side]}33`,
    line: { width: 0 },
    hoverinfo: 'skip',
  };
}

function rawTrace(line: CurveLine, side: Side, yaxis: string): Trace {
  const { epochs, values } = thinLine(line, RAW_STRETCHES);
  const style = { color: `${COLOURS[side]}66`, width: 1 };
  return { type: 'scatter', mode: 'lines', yaxis, x: epochs, y: values, line: style, hoverinfo: 'skip' };
}

function lineTrace(drawn: DrawnLine, line: CurveLine, yaxis: string): Trace {
  const { side, dash, word } = drawn;
  const colour = COLOURS[side];
  return {
    type: 'scatter',
    mode: line.values.length > MOST_MARKERS ? 'lines' : 'lines+markers',
    name: plotlyText(word),
    yaxis,
    x: line.epochs,
    y: line.values,
    line: { color: colour, dash, width: 2 },
    marker: { color: colour, size: 5, symbol: side === 'train' ? 'circle' : 'square' },
    hovertemplate: 'epoch %{x}: %{y:.4g}',
  };
}

const star = (mark: { epoch: number; value: number }, yaxis: string): Trace => ({
  type: 'scatter',
  mode: 'markers',
  name: 'best epoch',
  yaxis,
  x: [mark.epoch],
  y: [mark.value],
  marker: { symbol: 'star', size: 13, color: COLOURS.validation, line: { color: COLOURS.text, width: 1 } },
  hovertemplate: `best epoch ${mark.epoch}: %{y:.4g}`,
});

/**
 * The range of a panel: everything, but for step losses where a few of them would press all else flat; those are said to
 * be beyond.
 */
function panelRange(
  core: readonly number[],
  steps: StepLosses | undefined,
): { readonly range: [number, number] | undefined; readonly beyond: readonly number[] } {
  const lowest = steps ? [Math.min(...steps.min)] : [];
  const high = steps?.max ?? [];
  const whole = rangeOf([...core, ...lowest, ...high]);
  if (!steps || !whole) return { range: whole, beyond: [] };
  const usual = [...high].sort((a, b) => a - b)[Math.floor(0.98 * (high.length - 1))];
  const most = rangeOf([...core, ...lowest, usual]);
  if (!most || whole[1] - whole[0] <= 2 * (most[1] - most[0])) return { range: whole, beyond: [] };
  return { range: most, beyond: high.filter((value) => value > most[1]) };
}

/** Marks at the upper edge where step losses lie beyond it. */
function beyondTrace({ x, max }: StepLosses, top: number, yaxis: string): Trace {
  const over = x.filter((_, i) => max[i] > top);
  const marker = { symbol: 'triangle-up', size: 7, color: COLOURS.strange };
  const name = 'batch losses beyond the axis';
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    yaxis,
    x: over,
    y: over.map(() => top),
    marker,
    cliponaxis: false,
    hoverinfo: 'skip',
  };
}

/** Returns the traces, names and lines of a panel on the y axis of this number. */
export function panelParts(panel: CurvePanel, number: number, lastEpoch: number): PanelParts {
  const yaxis = number === 1 ? 'y' : `y${number}`;
  const { steps } = panel;
  const thinned = panel.lines.map((drawn) => ({ drawn, line: thinLine(drawn.line) }));
  const bands = thinned
    .filter(({ drawn }) => drawn.band > 0)
    .map(({ drawn, line }) => bandOf(line, drawn.band, drawn.side, yaxis));
  const raw = panel.lines.flatMap((drawn) =>
    (drawn.raw ?? []).map((one) => rawTrace(one, drawn.side, yaxis)),
  );
  const lines = thinned.map(({ drawn, line }) => lineTrace(drawn, line, yaxis));
  const core = [
    ...[...bands, ...raw, ...lines].flatMap((trace) => trace.y as number[]),
    ...panel.goals.map(({ value }) => value),
  ];
  const { range, beyond } = panelRange(core, steps);
  return {
    data: [
      ...(steps ? stepTraces(steps, yaxis) : []),
      ...bands,
      ...raw,
      ...lines,
      ...panel.best.map((mark) => star(mark, yaxis)),
      ...(steps && range && beyond.length > 0 ? [beyondTrace(steps, range[1], yaxis)] : []),
    ],
    ends: [
      ...thinned.map(({ drawn, line }) => ({
        x: line.epochs[line.epochs.length - 1],
        y: line.values[line.values.length - 1],
        text: plotlyText(drawn.word),
        colour: COLOURS[drawn.side],
      })),
      ...panel.goals.map(({ word, value, colour }) => ({
        x: lastEpoch,
        y: value,
        text: `${word} ${threeDigits(value)}`,
        colour,
      })),
    ],
    shapes: panel.goals.map(({ value, colour, dash }) => ({
      type: 'line',
      xref: 'paper',
      x0: 0,
      x1: 1,
      yref: yaxis,
      y0: value,
      y1: value,
      line: { color: colour, dash, width: 2 },
    })),
    range,
    beyond,
  };
}
