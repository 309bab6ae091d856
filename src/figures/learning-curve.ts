import type { Estimate, RunLog, Scores } from '../build/types';
import { InputError } from '../core/input-error';
import { checkOptions, boolean, oneOf, text } from '../core/options';
import { checkKind } from './check-kind';
import { curveTitle } from './curve-title';
import { endLabels, rangeOf, type LineEnd } from './end-labels';
import { figure, type Figure, type Trace } from './figure';
import type { SizeCurve } from '../look/size-curve/types';
import { sizeCurve } from './size-curve';
import { COLOURS, layoutOf, plotlyText, shortText, threeDigits } from './template';

/** A run, or its log. */
export type CurveSubject = RunLog | { readonly kind: 'run'; readonly log: RunLog };

/** Options of {@link learningCurve}. */
export interface LearningCurveOptions {
  /** `loss` or the id of a metric of the run; defaults to `loss`. */
  readonly metric?: string;
  /** Half-width of the band on validation in standard errors: 1, or 1.96 for a 95 % interval; defaults to 1. */
  readonly band?: 1 | 1.96;
  /** Direction of the metric; defaults to false for losses and errors, true otherwise. */
  readonly higherIsBetter?: boolean;
}

/** One run's line of one kind, by epoch; epoch 0 is before training. */
export interface CurveLine {
  readonly epochs: readonly number[];
  readonly values: readonly number[];
  readonly errors: readonly number[];
}

const LOWER_IS_BETTER = /^(loss|logLoss|brier|errorRate|mean(Absolute|Squared)Error|rootMeanSquaredError)$/;
const NOTHING: Estimate = { value: NaN, standardError: NaN, n: 0 };

function logOf(subject: CurveSubject): RunLog {
  const log =
    (subject as CurveSubject | undefined)?.kind === 'run' ? (subject as { log: RunLog }).log : subject;
  checkKind('learningCurve', 'logs', log, 'run-log');
  return log as RunLog;
}

function lineOf(log: RunLog, metric: string, side: 'train' | 'validation'): CurveLine {
  const pick = (scores: Scores | null): Estimate =>
    scores === null ? NOTHING : metric === 'loss' ? scores.loss : (scores.metrics[metric] ?? NOTHING);
  const points = log.epochs.map((record) => ({ epoch: record.epoch, at: pick(record[side]) }));
  if (side === 'train' && log.initial) points.unshift({ epoch: 0, at: pick(log.initial) });
  const known = points.filter(({ at }) => Number.isFinite(at.value));
  return {
    epochs: known.map((p) => p.epoch),
    values: known.map((p) => p.at.value),
    errors: known.map((p) => (Number.isFinite(p.at.standardError) ? p.at.standardError : 0)),
  };
}

function bandOf(line: CurveLine, width: number, colour: string): Trace {
  const upper = line.values.map((v, i) => v + width * line.errors[i]);
  const lower = line.values.map((v, i) => v - width * line.errors[i]);
  return {
    type: 'scatter',
    mode: 'lines',
    x: [...line.epochs, ...[...line.epochs].reverse()],
    y: [...upper, ...lower.reverse()],
    fill: 'toself',
    fillcolor: `${colour}33`,
    line: { width: 0 },
    hoverinfo: 'skip',
  };
}

/** What a loss is measured in: cross-entropies in nats, the others by their name. */
function lossUnit(loss: string): string {
  return /crossentropy$/i.test(loss) ? 'nats' : loss;
}

/**
 * Returns the learning curve of one run, or of several laid over each other (before and after): training and validation
 * by epoch, a band of standard errors on validation, the best epoch, and lines for the goals of the run. Of a result of
 * `learningCurve` it draws test and training error by the number of training examples, with bars.
 *
 * @param logs a run or its log, or up to four of them; the first is dashed when there are several. Or a result of
 *   `learningCurve`
 * @param options of runs: the metric, the width of the band
 * @returns a Plotly figure; its title is the sentence it shows
 * @throws InputError `empty` without a log, `unknown-name` when no run has the metric
 * @example
 * const build = ({ tf, inputShape, units }) =>
 *   tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] });
 * const run = await fit(build, datasets.iris(), { epochs: 2, seed: 1 });
 * figures.learningCurve(run).layout.yaxis.title.text // => 'loss (nats)'
 */
export function learningCurve(
  logs: CurveSubject | readonly CurveSubject[] | SizeCurve,
  options: LearningCurveOptions = {},
): Figure {
  if ((logs as { kind?: unknown } | undefined)?.kind === 'size-curve') {
    checkOptions<object>('learningCurve', options, {});
    return sizeCurve(logs as SizeCurve);
  }
  const { metric = 'loss', band = 1 } = checkOptions('learningCurve', options, {
    metric: text,
    band: { ...oneOf([]), expected: 'be 1 or 1.96', holds: (v): v is unknown => v === 1 || v === 1.96 },
    higherIsBetter: boolean,
  });
  const subjects = (Array.isArray(logs) ? logs : [logs]) as readonly CurveSubject[];
  const runs = subjects.map(logOf);
  if (runs.length === 0)
    throw new InputError({
      code: 'empty',
      fn: 'learningCurve',
      param: 'logs',
      expected: 'hold at least one log',
    });
  const known = runs.some(
    (log) => log.config.metrics.includes(metric) || log.epochs.some((e) => metric in e.train.metrics),
  );
  if (metric !== 'loss' && !known)
    throw new InputError({
      code: 'unknown-name',
      fn: 'learningCurve',
      param: 'metric',
      expected: `be one of: loss, ${runs[0].config.metrics.join(', ')}`,
      received: metric,
    });
  const higher = options.higherIsBetter ?? !LOWER_IS_BETTER.test(metric);
  const data: Trace[] = [];
  const annotations: Record<string, unknown>[] = [];
  const shapes: Record<string, unknown>[] = [];
  const best: { epoch: number; value: number; last: number; name: string }[] = [];
  const ends: LineEnd[] = [];
  for (const [i, log] of runs.entries()) {
    const many = runs.length > 1;
    const dash = many && i === 0 ? 'dash' : 'solid';
    const name = many ? `, ${log.name}` : '';
    for (const side of ['train', 'validation'] as const) {
      const line = lineOf(log, metric, side);
      if (line.values.length === 0) continue;
      const colour = COLOURS[side];
      if (side === 'validation') data.push(bandOf(line, band, colour));
      const word = shortText(`${side === 'train' ? 'training' : 'validation'}${name}`, 30);
      data.push({
        type: 'scatter',
        mode: 'lines+markers',
        name: plotlyText(word),
        x: line.epochs,
        y: line.values,
        line: { color: colour, dash, width: 2 },
        marker: { color: colour, size: 5, symbol: side === 'train' ? 'circle' : 'square' },
        hovertemplate: 'epoch %{x}: %{y:.4g}',
      });
      const end = line.values.length - 1;
      ends.push({ x: line.epochs[end], y: line.values[end], text: plotlyText(word), colour });
      if (side === 'validation') {
        const value = higher ? Math.max(...line.values) : Math.min(...line.values);
        best.push({
          epoch: line.epochs[line.values.indexOf(value)],
          value,
          last: line.epochs[end],
          name: log.name,
        });
      }
    }
  }
  for (const mark of best) {
    data.push({
      type: 'scatter',
      mode: 'markers',
      name: 'best epoch',
      x: [mark.epoch],
      y: [mark.value],
      marker: {
        symbol: 'star',
        size: 13,
        color: COLOURS.validation,
        line: { color: COLOURS.text, width: 1 },
      },
      hovertemplate: `best epoch ${mark.epoch}: %{y:.4g}`,
    });
    if (runs.length === 1)
      annotations.push({
        x: mark.epoch,
        y: mark.value,
        text: `best: epoch ${mark.epoch}`,
        ay: higher ? 30 : -30,
        ax: 0,
        arrowcolor: COLOURS.text,
      });
  }
  const sources: string[] = [];
  const lastEpoch = Math.max(1, ...ends.map((end) => end.x));
  for (const [goal, colour, dash, word] of [
    [runs[0].goals.baseline, COLOURS.baseline, 'dash', 'baseline'],
    [runs[0].goals.humanLevel, COLOURS.human, 'dot', 'human level'],
  ] as const) {
    if (goal?.metric !== metric) continue;
    const { value } = goal;
    shapes.push({
      type: 'line',
      xref: 'paper',
      x0: 0,
      x1: 1,
      y0: value,
      y1: value,
      line: { color: colour, dash, width: 2 },
    });
    ends.push({ x: lastEpoch, y: value, text: `${word} ${threeDigits(value)}`, colour });
    sources.push(`${word}: ${goal.source}`);
  }
  const banded = runs.some((log) => lineOf(log, metric, 'validation').errors.some((error) => error > 0));
  const range = rangeOf(data, ends);
  annotations.push(...endLabels(ends, range));
  const title = curveTitle(runs, metric, higher, best);
  const n = runs[0].data.validation?.n ?? runs[0].data.train?.n;
  const subtitle = [
    n === undefined ? '' : `${n} ${runs[0].data.validation ? 'validation' : 'training'} examples`,
    best.length === 0
      ? 'no validation data'
      : banded
        ? `band: ±${band} standard error${band === 1 ? '' : 's, 95 % interval'}`
        : 'no band: the spread over examples is not in the log',
    ...sources,
    `seed ${runs.map((log) => log.seed ?? 'unknown').join(', ')}`,
  ];
  const unit = metric === 'loss' ? ` (${lossUnit(runs[0].config.loss)})` : '';
  const longest = Math.max(4, ...ends.map((end) => end.text.length));
  return figure({
    title,
    data,
    layout: layoutOf({
      title,
      subtitle: subtitle.filter(Boolean).join(' · '),
      xTitle: 'epoch',
      yTitle: `${metric}${unit}`,
      xaxis: { range: [0, lastEpoch * 1.01], tickformat: 'd' },
      yaxis: range ? { range } : {},
      rightMargin: Math.min(280, 24 + 8 * longest),
      shapes,
      annotations,
    }),
  });
}
