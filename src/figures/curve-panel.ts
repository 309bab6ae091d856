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
  /** Words for what lies beyond the range. */
  readonly beyond: readonly string[];
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

/** Epochs from which on the scores before training may lie beyond the axis. */
const FEW_EPOCHS = 5;

/** What lies beyond the axis, at the edge where it is marked. */
interface Beyond {
  readonly x: readonly number[];
  readonly values: readonly number[];
  readonly side: 0 | 1;
}

/**
 * The range of a panel: everything, but for the scores before training and the losses of a few steps where they would press
 * all else flat; those are said to be beyond.
 */
function panelRange(
  panel: CurvePanel,
  drawn: readonly Trace[],
): { readonly range: [number, number] | undefined; readonly beyond: readonly Beyond[] } {
  const { steps, goals } = panel;
  const points = drawn.flatMap(({ x, y }) =>
    (y as readonly number[]).map((value, i) => ({ x: (x as readonly number[])[i], value })),
  );
  const late = Math.max(0, ...points.map(({ x }) => x)) >= FEW_EPOCHS;
  const first = late ? points.filter(({ x }) => x === 0) : [];
  const high = steps?.max ?? [];
  const usual = [...high].sort((a, b) => a - b).slice(0, Math.ceil(0.98 * high.length));
  const most = [
    ...points.filter(({ x }) => !late || x > 0).map(({ value }) => value),
    ...goals.map(({ value }) => value),
    ...(steps?.min
      .slice()
      .sort((a, b) => a - b)
      .slice(0, usual.length) ?? []),
    ...usual,
  ];
  const whole = rangeOf([...most, ...first.map(({ value }) => value), ...high]);
  const core = rangeOf(most);
  if (!whole || !core || whole[1] - whole[0] <= 2 * (core[1] - core[0])) return { range: whole, beyond: [] };
  const all = [...first, ...high.map((value, i) => ({ x: steps!.x[i], value }))];
  const beyond = ([0, 1] as const).map((side): Beyond => {
    const out = all.filter(({ value }) => (side === 0 ? value < core[0] : value > core[1]));
    return { side, x: out.map(({ x }) => x), values: out.map(({ value }) => value) };
  });
  return { range: core, beyond: beyond.filter(({ x }) => x.length > 0) };
}

/** Marks at the edge where something lies beyond it. */
const beyondTrace = ({ x, side }: Beyond, range: readonly [number, number], yaxis: string): Trace => ({
  type: 'scatter',
  mode: 'markers',
  name: 'beyond the axis',
  yaxis,
  x,
  y: x.map(() => range[side]),
  marker: { symbol: side === 1 ? 'triangle-up' : 'triangle-down', size: 7, color: COLOURS.strange },
  cliponaxis: false,
  hoverinfo: 'skip',
});

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
  const { range, beyond } = panelRange(panel, [...bands, ...raw, ...lines]);
  return {
    data: [
      ...(steps ? stepTraces(steps, yaxis) : []),
      ...bands,
      ...raw,
      ...lines,
      ...panel.best.map((mark) => star(mark, yaxis)),
      ...(range ? beyond.map((one) => beyondTrace(one, range, yaxis)) : []),
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
    beyond: beyond.map(({ side, values }) =>
      side === 1
        ? `▲ up to ${threeDigits(Math.max(...values))} above the axis of the ${panel.title}`
        : `▼ down to ${threeDigits(Math.min(...values))} below the axis of the ${panel.title}`,
    ),
  };
}
