import type { RunLog } from '../../build/types';
import { InputError } from '../../core/input-error';
import { check, record } from '../../core/options';
import type { Predictions } from '../../metrics/types';
import type { TrainingDynamicsDifficulty } from '../difficulty-options';
import { matchById } from './match-by-id';
import type { SourceValues } from './source-values';

/** Mean loss of each example over the presentations of a training (after Swayamdipta et al., "Dataset cartography", 2020). */
export function trainingDifficulty(
  fn: string,
  predictions: Predictions,
  { log: given, ofThisModel = false }: TrainingDynamicsDifficulty,
): SourceValues {
  check(fn, 'log', given, record, 'Give a run, or its log.');
  const log = ('log' in given ? given.log : given) as RunLog | undefined;
  if (log?.kind !== 'run-log') {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'log',
      expected: 'be a run or its log',
      received: given,
    });
  }
  const { examples, task } = log;
  if (!examples) {
    throw new InputError({
      code: 'missing',
      fn,
      param: 'log',
      expected: 'hold training dynamics of single examples; this one has none',
      mend: 'Train with fit, which records them.',
    });
  }
  const { ids, lossSum, seen } = examples;
  return {
    source: 'training-dynamics',
    title: 'mean loss while training',
    unit: task === 'regression' ? 'target²' : 'nats',
    values: matchById(fn, 'log', predictions.ids, ids, (row) =>
      seen[row] > 0 ? (lossSum[row] ?? NaN) / seen[row] : NaN,
    ),
    circular: ofThisModel,
  };
}
