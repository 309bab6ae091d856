import type { Estimate, RunLog } from '../../../build/types';
import { layers } from '../../../figures/layers';
import { learningCurve } from '../../../figures/learning-curve';
import { threeDigits } from '../../../figures/template';
import { firstRows, type Cell, type View } from '../view';

/** How a training ended, in words. */
export const STOPPED = {
  completed: 'ran to its end',
  aborted: 'was stopped',
  'non-finite': 'stopped at a value that is not a number',
} as const;

/** An estimate with its 95 % interval, where it has one. */
export function cellOf(estimate: Estimate | undefined): Cell {
  if (!estimate) return '—';
  const { value, standardError } = estimate;
  if (!Number.isFinite(standardError)) return value;
  return { value, interval: [value - 1.96 * standardError, value + 1.96 * standardError] };
}

/** What is shown of a training: its learning curve and its last epochs. */
export function runView(log: RunLog): View {
  const figure = learningCurve(log);
  const metrics = log.config.metrics;
  const { rows, more } = firstRows([...log.epochs].reverse(), 5);
  const { config, engine, preparation } = log;
  const prepared = preparation
    ? [
        `Features of shape ${preparation.shape.join('×')}, made as measured on the ${preparation.n} examples of "${preparation.name}".`,
      ]
    : [];
  return {
    answer: `${figure.title}.`,
    notes: [
      `${log.name}: training ${STOPPED[log.stopped]} after ${log.epochs.at(-1)?.epoch ?? 0} of ${config.epochs} epochs, ${threeDigits(log.timing.seconds)} s on ${engine.name}; ${config.optimizer}, learning rate ${threeDigits(config.learningRate)}, batch size ${config.batchSize}, ${log.model.parameters} parameters, seed ${log.seed ?? 'unknown'}.`,
      ...prepared,
    ],
    figure,
    folded: [{ name: 'Layers', figure: layers(log) }],
    tables: [
      {
        title: 'Last epochs (95 % intervals)',
        head: [
          'epoch',
          'training loss',
          'validation loss',
          ...metrics.map((metric) => `validation ${metric}`),
        ],
        rows: rows.map((record) => [
          record.epoch,
          cellOf(record.train.loss),
          cellOf(record.validation?.loss),
          ...metrics.map((metric) => cellOf(record.validation?.metrics[metric])),
        ]),
        more,
        folded: true,
      },
    ],
    warnings: log.warnings,
  };
}
