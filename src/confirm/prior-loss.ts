import { priorOf } from '../build/prior';
import type { RunLog } from '../build/types';
import type { Side } from './read-arm';

/** Loss of a guess by the frequencies of its labels, in the run's own loss; NaN where it is not known. */
export function priorLossOf({ data, task, config }: RunLog, side: Side): number {
  const summary = data[side];
  return summary ? priorOf(summary, config.loss, task).loss : NaN;
}
