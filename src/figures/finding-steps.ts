import type { RunLog } from '../build/types';
import type { FindingData } from '../suspect/types';
import { endLabels, rangeOf } from './end-labels';
import { figure, type Figure, type Trace } from './figure';
import { lossUnit } from './run-panel';
import { arePoints, stepLosses, stepsPerEpoch, stepTraces, type StepLosses } from './step-losses';
import { evidenceOf, shadeMarks, titleOf, withMarks } from './strange';
import { COLOURS, layoutOf, threeDigits } from './template';
import { logTicks } from './layer-lines';

const HEIGHT = 284;
/** Times its usual size that a loss must reach to be drawn on a log scale. */
const MANY_FOLD = 300;
/** Losses below which a picture adds nothing to the words. */
const FEWEST = 3;

/** Losses at the numbers of their steps, from 1, and not at their share of an epoch. */
function inSteps(log: RunLog): StepLosses {
  const losses = stepLosses(log);
  const each = stepsPerEpoch(log);
  return { ...losses, x: losses.x.map((epochs) => epochs * each + 1) };
}

/** Levels that the evidence knows of; of two that are as good as equal the first. */
function levelsOf(finding: FindingData): readonly { readonly word: string; readonly value: number }[] {
  const [expected, guess] = [evidenceOf(finding, 'expected'), evidenceOf(finding, 'priorLoss')];
  return [
    ...(expected === undefined ? [] : [{ word: 'undecided', value: expected }]),
    ...(guess === undefined || Math.abs(guess / (expected ?? Infinity) - 1) < 0.02
      ? []
      : [{ word: 'a guess', value: guess }]),
  ];
}

/**
 * Returns the losses of the steps with the step of a finding marked, and the loss of a guess as a grey dashed line; null for
 * a finding without a step, or a log without losses of steps.
 */
export function findingSteps(finding: FindingData, log: RunLog): Figure | null {
  const { step } = finding.where;
  const losses = inSteps(log);
  if (step === undefined || losses.x.length < FEWEST) return null;
  const at = step === 0 ? evidenceOf(finding, 'initialLoss') : evidenceOf(finding, 'peak');
  const levels = levelsOf(finding);
  const known = [...losses.mean, ...levels.map(({ value }) => value), ...(at === undefined ? [] : [at])];
  const usual = [...losses.mean].sort((a, b) => a - b)[Math.floor(losses.mean.length / 2)];
  const log10 =
    Math.min(...losses.min, ...known) > 0 && Math.max(...losses.max, ...known) > MANY_FOLD * usual;
  const scaled = (value: number): number => (log10 ? Math.log10(value) : value);
  // A batch may come near zero, far below all others on a log scale.
  const lowest = log10 ? [] : losses.min;
  const range = rangeOf([...known, ...losses.max, ...lowest].map(scaled))!;
  const last = Math.max(losses.x[losses.x.length - 1], step);
  const xRange = [0, last * 1.01] as const;
  const mark: Trace = {
    ...{ type: 'scatter', mode: 'markers', name: 'strange', x: [step], y: [at ?? null] },
    marker: { symbol: 'diamond', size: 10, color: COLOURS.strange },
    cliponaxis: false,
    hovertemplate: '%{y:.4g}<extra></extra>',
  };
  const ends = levels.map(({ word, value }) => ({
    x: last,
    y: scaled(value),
    text: `${word} ${threeDigits(value)}`,
    colour: COLOURS.baseline,
  }));
  const layout = layoutOf({
    title: titleOf(finding),
    subtitle: [
      arePoints(losses) ? 'dots: single batches' : `light: range of batch losses, ${losses.stride} a point`,
      at === undefined ? '' : `◆ ${threeDigits(at)}`,
      `seed ${log.seed ?? 'unknown'}`,
    ]
      .filter(Boolean)
      .join(' · '),
    xTitle: 'optimizer step',
    yTitle: `loss (${lossUnit(log.config.loss)})`,
    xaxis: { range: xRange, tickformat: 'd' },
    yaxis: log10 ? { ...logTicks(range), range } : { range },
    rightMargin: ends.length > 0 ? 130 : 40,
    shapes: levels.map(({ value }) => ({
      ...{ type: 'line', xref: 'paper', x0: 0, x1: 1, y0: value, y1: value },
      line: { color: COLOURS.baseline, dash: 'dash', width: 2 },
    })),
    annotations: endLabels(ends, { range, height: HEIGHT }),
    headRoom: 14,
  });
  const word = step === 0 ? 'before the first step' : `step ${step}`;
  return figure({
    title: titleOf(finding),
    data: [...stepTraces(losses, 'y'), ...(at === undefined ? [] : [mark])],
    layout: withMarks(layout, shadeMarks([step, step], xRange, word)),
  });
}
