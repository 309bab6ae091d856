import type { RunLog } from '../build/types';
import { threeDigits } from './template';

/** The best validation epoch of one run. */
export interface BestEpoch {
  readonly epoch: number;
  readonly value: number;
  /** Last epoch with a validation score. */
  readonly last: number;
  readonly name: string;
}

/** Returns the sentence that a learning curve shows. */
export function curveTitle(
  runs: readonly RunLog[],
  metric: string,
  higher: boolean | undefined,
  best: readonly BestEpoch[],
): string {
  const [log] = runs;
  if (runs.length > 1 && best.length > 1) {
    const sides = best.map((b) => `${threeDigits(b.value)} (${b.name})`);
    return `Best validation ${metric}: ${sides.join(' → ')}`;
  }
  if (log.nonFinite)
    return `The ${log.nonFinite.what} stopped being a number in epoch ${log.nonFinite.epoch}`;
  if (log.epochs.length === 0) return 'No epoch has ended yet';
  if (best.length > 0) {
    const { epoch, last, value } = best[0];
    if (epoch < last) return `Validation ${metric} stops improving after epoch ${epoch} of ${last}`;
    return `Validation ${metric} is best at the last epoch, ${last}: ${threeDigits(value)}`;
  }
  const of = (i: number): number => {
    const { train } = log.epochs[i];
    return metric === 'loss' ? train.loss.value : (train.metrics[metric]?.value ?? NaN);
  };
  const [first, end] = [of(0), of(log.epochs.length - 1)];
  const rises = end > first;
  const way =
    higher === undefined
      ? ['rises', 'falls']
      : higher
        ? ['improves', 'gets worse']
        : ['gets worse', 'improves'];
  const moved = end === first ? 'stays' : way[rises ? 0 : 1];
  const range = `from ${threeDigits(first)} to ${threeDigits(end)}`;
  return `Training ${metric} ${moved} ${range} over ${log.epochs.length} epochs`;
}
