import type { Runs } from '../../../build/runs-types';
import type { Spread } from '../../../build/sweep-types';
import type { RunLog } from '../../../build/types';
import { layers } from '../../../figures/layers';
import { learningCurve } from '../../../figures/learning-curve';
import { threeDigits } from '../../../figures/template';
import { firstRows, type Cell, type View } from '../view';
import { cellOf as estimateCell, STOPPED } from './run-view';

const spreadCell = ({ mean, interval }: Spread): Cell =>
  Number.isFinite(interval[0]) ? { value: mean, interval } : mean;

/** The scores of all seeds at their ends, one row for each number. */
function spreadRows({ summary }: Runs): readonly (readonly Cell[])[] {
  return (['train', 'validation'] as const).flatMap((side) => {
    const scores = summary[side];
    if (scores === null) return [];
    const word = side === 'train' ? 'training' : 'validation';
    return [['loss', scores.loss] as const, ...Object.entries(scores.metrics)].map(([id, spread]) => [
      `${word} ${id}`,
      spreadCell(spread),
      spread.sd,
      spread.n,
    ]);
  });
}

function seedRow(log: RunLog, metrics: readonly string[]): readonly Cell[] {
  const last = log.epochs.at(-1);
  const scores = last && (last.validation ?? last.train);
  return [
    log.seed ?? 'unknown',
    last?.epoch ?? 0,
    estimateCell(scores?.loss),
    ...metrics.map((id) => estimateCell(scores?.metrics[id])),
    STOPPED[log.stopped],
  ];
}

/** What is shown of the runs of several seeds: their curve, the spread at the end, each seed. */
export function runsView(runs: Runs): View {
  const { logs, failed, warnings } = runs;
  const [first] = logs;
  if (!first) return { answer: `${runs.name}: no seed was trained.`, warnings };
  const { config } = first;
  const figure = learningCurve(runs);
  const { rows, more } = firstRows(logs, 60);
  const judged = runs.summary.validation ? 'validation' : 'training';
  const lost = failed.map(({ seed, message }) => `Seed ${seed} failed: ${message}`);
  return {
    answer: `${figure.title}.`,
    notes: [
      `${runs.name}: ${logs.length} seeds (${runs.seeds.join(', ')}), ${runs.stopped === 'aborted' ? 'stopped' : 'done'} in ${threeDigits(runs.seconds)} s on ${runs.workers} workers; ${config.optimizer}, learning rate ${threeDigits(config.learningRate)}, batch size ${config.batchSize}, ${first.model.parameters} parameters.`,
      ...lost,
    ],
    figure,
    folded: [{ name: 'Layers', figure: layers(runs) }],
    tables: [
      {
        title: 'At the end of each run (95 % intervals of the mean over seeds)',
        head: ['score', 'mean over seeds', 'standard deviation over seeds', 'seeds'],
        rows: spreadRows(runs),
      },
      {
        title: `Seeds (${judged} scores, 95 % intervals over examples)`,
        head: ['seed', 'epochs', 'loss', ...config.metrics, 'training'],
        rows: rows.map((log) => seedRow(log, config.metrics)),
        more,
        folded: true,
      },
    ],
    warnings,
  };
}
