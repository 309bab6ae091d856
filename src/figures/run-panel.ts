import type { RunLog } from '../build/types';
import { groupLine, type CurveGroup } from './curve-groups';
import { bestOf, type Side } from './curve-lines';
import type { CurvePanel, DrawnLine, GoalLine } from './curve-panel';
import type { BestEpoch } from './curve-title';
import { arePoints, stepLosses } from './step-losses';
import { COLOURS, shortText } from './template';

/** Returns which way a metric is better by the logs; undefined where none knows. */
export function knownDirection(runs: readonly RunLog[], metric: string): boolean | undefined {
  return runs.map(({ config }) => config.higherIsBetter?.[metric]).find((known) => known !== undefined);
}

/** Returns what a loss is measured in: cross-entropies in nats, the others by their name. */
export function lossUnit(loss: string): string {
  return /crossentropy$/i.test(loss) ? 'nats' : loss;
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

/** Returns a panel, and the best validation epoch of each group. */
export function panelOf(
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

/** Returns what the lines rest on: examples, bands, points, seeds. */
export function subtitleOf(
  groups: readonly CurveGroup[],
  panels: readonly CurvePanel[],
  band: number,
): string[] {
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
