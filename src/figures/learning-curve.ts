import type { RunLog } from '../build/types';
import { InputError } from '../core/input-error';
import { checkOptions, boolean, oneOf, text } from '../core/options';
import { groupLine, groupOf, type CurveGroup, type CurveSubject } from './curve-groups';
import { bestOf, type Side } from './curve-lines';
import { panelParts, type CurvePanel, type DrawnLine, type GoalLine } from './curve-panel';
import type { SizeCurve } from '../look/size-curve/types';
import { curveTitle, type BestEpoch } from './curve-title';
import { figure, type Figure } from './figure';
import { arePoints, stepLosses } from './step-losses';
import { layPanels, type LaidPanel } from './lay-panels';
import { rateLine } from './rate-line';
import { sizeCurve } from './size-curve';
import { COLOURS, shortText } from './template';

export type { CurveSubject } from './curve-groups';

/** Options of {@link learningCurve}. */
export interface LearningCurveOptions {
  /** `loss` or the id of a metric of the run, drawn alone; defaults to the loss above the first metric. */
  readonly metric?: string;
  /** Half-width of the band on validation in standard errors: 1, or 1.96 for a 95 % interval; defaults to 1. */
  readonly band?: 1 | 1.96;
  /** Direction of the metric, where the logs do not know it; without one no epoch is the best. */
  readonly higherIsBetter?: boolean;
  /** `log` spreads the first steps and epochs of a long training; defaults to `linear`. */
  readonly xScale?: 'linear' | 'log';
}

/** Which way a metric is better by the logs; undefined where none knows. */
function knownDirection(runs: readonly RunLog[], metric: string): boolean | undefined {
  return runs.map(({ config }) => config.higherIsBetter?.[metric]).find((known) => known !== undefined);
}

/** What a loss is measured in: cross-entropies in nats, the others by their name. */
function lossUnit(loss: string): string {
  return /crossentropy$/i.test(loss) ? 'nats' : loss;
}

/** The metrics to draw, one a panel. */
function metricsOf(runs: readonly RunLog[], metric: string | undefined): readonly string[] {
  const [first] = runs[0].config.metrics;
  if (metric === undefined) return first === undefined ? ['loss'] : ['loss', first];
  const known = runs.some(
    (log) => log.config.metrics.includes(metric) || log.epochs.some((e) => metric in e.train.metrics),
  );
  if (metric === 'loss' || known) return [metric];
  throw new InputError({
    code: 'unknown-name',
    fn: 'learningCurve',
    param: 'metric',
    expected: `be one of: loss, ${runs[0].config.metrics.join(', ')}`,
    received: metric,
  });
}

function goalsOf({ goals }: RunLog, metric: string): GoalLine[] {
  const lines = [
    { goal: goals.baseline, word: 'baseline', colour: COLOURS.baseline, dash: 'dash' },
    { goal: goals.humanLevel, word: 'human level', colour: COLOURS.human, dash: 'dot' },
  ];
  return lines.flatMap(({ goal, ...line }) =>
    goal?.metric === metric ? [{ ...line, value: goal.value, source: goal.source }] : [],
  );
}

/** A panel, and the best validation epoch of each group. */
function panelOf(
  groups: readonly CurveGroup[],
  metric: string,
  higher: boolean | undefined,
  band: number,
): { readonly panel: CurvePanel; readonly best: readonly BestEpoch[] } {
  const lines: DrawnLine[] = [];
  const best: BestEpoch[] = [];
  for (const [i, group] of groups.entries()) {
    const many = groups.length > 1;
    for (const side of ['train', 'validation'] as readonly Side[]) {
      const { line, raw } = groupLine(group, metric, side);
      if (line.values.length === 0) continue;
      const word = side === 'train' ? 'training' : 'validation';
      const spread = raw.length > 0;
      lines.push({
        side,
        line,
        raw,
        band: spread ? 1 : side === 'validation' && line.errors.some((error) => error > 0) ? band : 0,
        dash: many && i === 0 ? 'dash' : 'solid',
        word: shortText(`${word}${many ? `, ${group.name}` : ''}`, 30),
      });
      const mark = side === 'validation' && higher !== undefined ? bestOf(line, higher) : undefined;
      if (mark) best.push({ ...mark, last: line.epochs[line.epochs.length - 1], name: group.name });
    }
  }
  const [{ logs }] = groups;
  const unit = metric === 'loss' ? ` (${lossUnit(logs[0].config.loss)})` : '';
  const steps =
    metric === 'loss' && groups.length === 1 && logs.length === 1 ? stepLosses(logs[0]) : undefined;
  const panel: CurvePanel = {
    title: `${metric}${unit}`,
    lines,
    best,
    goals: goalsOf(logs[0], metric),
    ...(steps && steps.x.length > 0 && { steps }),
  };
  return { panel, best };
}

/** What the lines rest on: examples, bands, points, seeds. */
function subtitleOf(groups: readonly CurveGroup[], panels: readonly CurvePanel[], band: number): string[] {
  const runs = groups.flatMap(({ logs }) => logs);
  const { train, validation } = runs[0].data;
  const n = validation?.n ?? train?.n;
  const judged = panels.some(({ lines }) => lines.some(({ side }) => side === 'validation'));
  const bands = panels.flatMap(({ lines }) => lines.filter((line) => line.band > 0));
  const ofSeeds = bands.some(({ raw }) => raw!.length > 0);
  const ofExamples = bands.some(({ raw }) => raw!.length === 0);
  const { steps } = panels[0];
  return [
    n === undefined ? '' : `${n} ${validation ? 'validation' : 'training'} examples`,
    ofSeeds ? 'bold: mean over seeds, band: ±1 standard deviation over seeds, thin: each seed' : '',
    ofExamples ? `band: ±${band} standard error${band === 1 ? '' : 's, 95 % interval'}` : '',
    judged && bands.length === 0 ? 'no band: the spread over examples is not in the log' : '',
    validation || judged ? '' : 'no validation data',
    steps
      ? arePoints(steps)
        ? 'dots: single batches'
        : `light: range of batch losses, ${steps.stride} a point`
      : '',
    ...panels.flatMap(({ goals }) => goals.map(({ word, source }) => `${word}: ${source}`)),
    `seed${runs.length > 1 ? 's' : ''} ${runs.map((log) => log.seed ?? 'unknown').join(', ')}`,
  ].filter(Boolean);
}

/**
 * Returns the learning curve of one run, of several laid over each other (before and after), or of the runs of several
 * seeds: the loss above a metric, training and validation by epoch, a band of standard errors on validation (of the
 * deviation over seeds where there are several), the best epoch, lines for the goals of the run, and the losses of the
 * batches behind it all: each as a point, or their range from lowest to highest. Where the learning rate changes, it is drawn
 * beneath. Of more points than can be seen the lowest and the highest of each stretch are kept.
 *
 * Of a result of `learningCurve` it draws test and training error by the number of training examples, with bars.
 *
 * @param logs a run, its log or the runs of `fit` with `seeds`, or up to four of them; the first is dashed when there are several.
 *   Or a result of `learningCurve`
 * @param options of runs: one metric alone, the width of the band, the direction of a metric that the logs do not know, the scale of
 *   the epochs
 * @returns a Plotly figure; its title is the sentence it shows
 * @throws InputError `empty` without a log, `unknown-name` when no run has the metric
 * @example
 * const build = ({ tf, inputShape, units }) =>
 *   tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] });
 * const run = await fit(build, datasets.iris(), { epochs: 2, seed: 1 });
 * const { yaxis, yaxis2 } = figures.learningCurve(run).layout;
 * [yaxis.title.text, yaxis2.title.text] // => ['loss (nats)', 'accuracy']
 */
export function learningCurve(
  logs: CurveSubject | readonly CurveSubject[] | SizeCurve,
  options: LearningCurveOptions = {},
): Figure {
  if ((logs as { kind?: unknown } | undefined)?.kind === 'size-curve') {
    checkOptions<object>('learningCurve', options, {});
    return sizeCurve(logs as SizeCurve);
  }
  const fn = 'learningCurve';
  const {
    metric,
    band = 1,
    xScale = 'linear',
  } = checkOptions(fn, options, {
    metric: text,
    band: { ...oneOf([]), expected: 'be 1 or 1.96', holds: (v): v is unknown => v === 1 || v === 1.96 },
    higherIsBetter: boolean,
    xScale: oneOf(['linear', 'log']),
  });
  const subjects = (Array.isArray(logs) ? logs : [logs]) as readonly CurveSubject[];
  const groups = subjects.map((subject) => groupOf(fn, subject));
  const runs = groups.flatMap((group) => group.logs);
  if (runs.length === 0 || groups.some((group) => group.logs.length === 0)) {
    throw new InputError({ code: 'empty', fn, param: 'logs', expected: 'hold at least one log' });
  }
  const metrics = metricsOf(runs, metric);
  const directionOf = (name: string): boolean | undefined =>
    name === 'loss' ? false : (options.higherIsBetter ?? knownDirection(runs, name));
  const made = metrics.map((name) => panelOf(groups, name, directionOf(name), band));
  const panels = made.map(({ panel }) => panel);
  const title = curveTitle(groups, metrics[0], directionOf(metrics[0]), made[0].best);
  const ends = panels.flatMap(({ lines }) => lines.map(({ line }) => line.epochs[line.epochs.length - 1]));
  const lastStep = panels[0].steps?.x.at(-1) ?? 0;
  const lastEpoch = ends.length > 0 ? Math.max(...ends, lastStep) : Math.max(lastStep, 1e-9);
  const rate = rateLine(runs[0]);
  const laid = panels.map((panel, i): LaidPanel => {
    const parts = panelParts(panel, i + 1, lastEpoch);
    return {
      title: panel.title,
      share: i === 0 ? 4 : 3,
      marks: groups.length > 1 ? [] : panel.best,
      ...parts,
    };
  });
  const beyond = laid.flatMap((panel) => panel.beyond);
  const subtitle = [...subtitleOf(groups, panels, band), ...beyond];
  return figure({
    title,
    ...layPanels({
      title,
      subtitle: subtitle.join(' · '),
      panels: laid,
      rate: groups.length === 1 ? rate : undefined,
      lastEpoch,
      firstEpoch: panels[0].steps?.x.find((x) => x > 0) ?? 1,
      xScale,
    }),
  });
}
