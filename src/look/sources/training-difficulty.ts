import { InputError } from '../../core/input-error';
import type { Predictions } from '../../metrics/types';
import type { TrainingDynamicsDifficulty } from '../difficulty-options';
import { measureOf } from '../dynamics/measures-of';
import { joinExamples, overRuns } from '../dynamics/over-runs';
import { epochsDone, runLogs } from '../dynamics/run-logs';
import { REVERSED } from './column-difficulty';
import { matchById } from './match-by-id';
import type { SourceValues } from './source-values';

/** What a measure of training dynamics is called, its unit, and its sign: +1 where higher is harder. */
const MEASURES = {
  loss: ['mean loss while training', '', 1],
  confidence: ['confidence while training', '', -1],
  variability: ['variability while training', '', 1],
  correctness: ['times right while training', '', -1],
  forgetting: ['forgetting events', '', 1],
  firstLearned: ['epoch in which it was first right', '', 1],
  aum: ['area under the margin', '', -1],
  el2n: ['early error (EL2N)', '', 1],
} as const;

/** Measures of training dynamics that can stand for difficulty. */
export type TrainingMeasure = keyof typeof MEASURES;

export const TRAINING_MEASURES = Object.keys(MEASURES) as readonly TrainingMeasure[];

/**
 * How hard each example was to learn in a training, or on average in several. What was never right counts as learnt in the
 * epoch after the last.
 */
export function trainingDifficulty(
  fn: string,
  predictions: Predictions,
  { log: given, measure = 'loss', ofThisModel = false }: TrainingDynamicsDifficulty,
): SourceValues {
  const logs = runLogs(fn, 'log', given);
  const values = logs.map((log) =>
    measureOf(log, measure)?.map((value) => (value === Infinity ? epochsDone(log) + 1 : value)),
  );
  if (values.includes(undefined)) {
    const known = TRAINING_MEASURES.filter((name) => logs.every((log) => measureOf(log, name)));
    throw new InputError({
      code: 'unsupported',
      fn,
      param: 'measure',
      expected: `be one that the log holds: ${known.join(', ')}`,
      received: measure,
      mend:
        logs[0].task === 'regression'
          ? 'Of a regression only the loss is known.'
          : 'An older log lacks it; train again with fit.',
    });
  }
  const joined = joinExamples(
    fn,
    logs.map(({ examples }) => examples!),
  );
  const { mean } = overRuns(joined, values);
  const [title, unit, sign] = MEASURES[measure];
  const lossUnit = logs[0].task === 'regression' ? 'target²' : 'nats';
  return {
    source: 'training-dynamics',
    title: sign < 0 ? REVERSED + title : title,
    unit: measure === 'loss' ? lossUnit : unit,
    values: matchById(fn, 'log', predictions.ids, joined.ids, (row) => sign * mean[row]),
    circular: ofThisModel,
  };
}
