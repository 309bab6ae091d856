import type { RunLog } from '../build/types';
import { InputError } from '../core/input-error';
import { checkOptions, boolean, oneOf, text } from '../core/options';
import { groupOf, type CurveSubject } from './curve-groups';
import { panelParts } from './curve-panel';
import type { SizeCurve } from '../look/size-curve/types';
import { curveTitle } from './curve-title';
import { figure, type Figure } from './figure';
import { layPanels, type LaidPanel } from './lay-panels';
import { rateLine } from './rate-line';
import { knownDirection, panelOf, subtitleOf } from './run-panel';
import { sizeCurve } from './size-curve';

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
