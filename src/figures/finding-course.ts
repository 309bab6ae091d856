import type { RunLog } from '../build/types';
import type { FindingData, Locator } from '../suspect/types';
import type { CurveGroup } from './curve-groups';
import type { CurveLine } from './curve-lines';
import { panelParts, type CurvePanel, type DrawnLine, type GoalLine, type PanelParts } from './curve-panel';
import { rangeOf } from './end-labels';
import { figure, type Figure } from './figure';
import { layPanels, type LaidPanel } from './lay-panels';
import { panelOf, subtitleOf } from './run-panel';
import { evidenceOf, shadeMarks, titleOf, withMarks } from './strange';
import { COLOURS, threeDigits } from './template';

/** Numbers of a finding that a line of the accuracy bears out. */
const OF_ACCURACY = ['accuracy', 'validationAccuracy', 'accuracyAtBest'];

const guessLine = (value: number | undefined, task: RunLog['task']): readonly GoalLine[] =>
  value === undefined
    ? []
    : [
        {
          ...{ word: 'a guess', value, colour: COLOURS.baseline, dash: 'dash' },
          source: `knows ${task === 'regression' ? 'the mean' : 'how frequent the labels are'}, no more`,
        },
      ];

/** The losses of the steps themselves, where they are what differs. */
function runningLine(finding: FindingData, { epochs }: RunLog): readonly DrawnLine[] {
  if (evidenceOf(finding, 'running') === undefined) return [];
  const known = epochs.filter(({ running }) => Number.isFinite(running.loss.value));
  const line: CurveLine = {
    epochs: known.map(({ epoch }) => epoch),
    values: known.map(({ running }) => running.loss.value),
    errors: known.map(() => 0),
  };
  return known.length === 0
    ? []
    : [{ side: 'train', line, band: 0, dash: 'dash', word: 'in the steps themselves' }];
}

function panelsOf(finding: FindingData, log: RunLog, group: CurveGroup): readonly CurvePanel[] {
  const { panel: loss } = panelOf([group], 'loss', false, 1);
  const best = evidenceOf(finding, 'bestEpoch') === undefined ? [] : loss.best;
  const panels: CurvePanel[] = [
    {
      ...loss,
      best,
      lines: [...loss.lines, ...runningLine(finding, log)],
      goals: [...loss.goals, ...guessLine(evidenceOf(finding, 'priorLoss'), log.task)],
    },
  ];
  const judged = OF_ACCURACY.some((name) => evidenceOf(finding, name) !== undefined);
  if (judged && log.config.metrics.includes('accuracy')) {
    const { panel } = panelOf([group], 'accuracy', undefined, 1);
    const guess = guessLine(evidenceOf(finding, 'priorAccuracy'), log.task);
    panels.push({ ...panel, goals: [...panel.goals, ...guess] });
  }
  return panels;
}

/** Numbers of a finding whose size can be seen only beside values of the shaded epochs. */
const IN_THE_SHADE = ['swing', 'running'];
/** Times that the whole must be wider than the shaded part to be cut. */
const MUCH_WIDER = 4;

/** The panel with its axis cut to what the lines do between two epochs, where the rest presses that flat. */
function closeUp(panel: CurvePanel, parts: PanelParts, from: number, to: number): PanelParts {
  const shaded = panel.lines.flatMap(({ line }) =>
    line.values.filter((_, i) => line.epochs[i] >= from && line.epochs[i] <= to),
  );
  const core = rangeOf(shaded);
  if (!core || !parts.range) return parts;
  const room = (core[1] - core[0]) / 5;
  const [low, high] = [core[0] - room, core[1] + room];
  if (parts.range[1] - parts.range[0] <= MUCH_WIDER * (high - low)) return parts;
  const highest = Math.max(...panel.lines.flatMap(({ line }) => line.values));
  const out = panel.goals.filter(({ value }) => value < low || value > high);
  return {
    ...parts,
    // Triangles at the edge of the whole are not those of the part.
    data: parts.data.filter(({ name }) => name !== 'beyond the axis'),
    shapes: parts.shapes.filter((_, i) => !out.includes(panel.goals[i])),
    ends: parts.ends.filter(({ y }) => y >= low && y <= high),
    range: [low, high],
    beyond: [
      highest > high ? `the axis leaves out losses up to ${threeDigits(highest)}` : '',
      ...out.map(({ word, value }) => `${word}: ${threeDigits(value)}, beyond the axis`),
    ].filter(Boolean),
  };
}

/** Epochs as words: "epoch 3", "epochs 5 to 10". */
function epochsWord({ epoch, lastEpoch }: Locator, last: number): string {
  const to = lastEpoch ?? last;
  return epoch === undefined || epoch >= to ? `epoch ${epoch ?? to}` : `epochs ${epoch} to ${to}`;
}

/**
 * Returns the learning curve with the epochs of a finding shaded and the guess as a grey dashed line, the accuracy beneath
 * where the finding speaks of it; null for a finding without epochs, or a log without a course.
 */
export function findingCourse(finding: FindingData, log: RunLog): Figure | null {
  const { where } = finding;
  if (where.epoch === undefined || log.epochs.length === 0) return null;
  const group: CurveGroup = { name: log.name, logs: [log] };
  const panels = panelsOf(finding, log, group);
  if (panels[0].lines.every(({ line }) => line.values.length < 2)) return null;
  const last = log.epochs[log.epochs.length - 1].epoch;
  const near = IN_THE_SHADE.some((name) => evidenceOf(finding, name) !== undefined);
  const drawn = panels.map((panel): LaidPanel => {
    const whole = panelParts(panel, panels.indexOf(panel) + 1, last);
    const parts = near ? closeUp(panel, whole, where.epoch!, where.lastEpoch ?? last) : whole;
    return { title: panel.title, share: panel === panels[0] ? 4 : 3, marks: [], ...parts };
  });
  const words = subtitleOf([group], panels, 1).filter((word, i, all) => all.indexOf(word) === i);
  const { data, layout } = layPanels({
    title: titleOf(finding),
    subtitle: [...words, ...drawn.flatMap(({ beyond }) => beyond)].join(' · '),
    panels: drawn,
    rate: undefined,
    firstEpoch: 1,
    lastEpoch: last,
    xScale: 'linear',
  });
  const shade = shadeMarks(
    [where.epoch - 0.5, (where.lastEpoch ?? last) + 0.5],
    [0, last * 1.01],
    epochsWord(where, last),
  );
  return figure({ title: titleOf(finding), data, layout: withMarks(layout, shade) });
}
