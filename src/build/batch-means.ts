import type { Scores } from './types';

/** What tfjs hands to callbacks: numbers, or tensors of one. */
export type TfjsLogs = Readonly<Record<string, number | { dataSync(): ArrayLike<number> }>>;

/** The number behind an entry of the logs; NaN where there is none. */
export function logValue(logs: TfjsLogs | undefined, key: string): number {
  const entry = logs?.[key];
  if (entry === undefined || entry === null) return NaN;
  return typeof entry === 'number' ? entry : entry.dataSync()[0];
}

/** Averages what tfjs says of each batch. */
export interface BatchMeans {
  /** Adds one batch; returns its loss. */
  add(logs: TfjsLogs | undefined): number;
  /** Means over the examples so far; standard errors are not known and NaN. */
  scores(): Scores;
}

/**
 * Returns an empty average over batches, weighted by their sizes.
 *
 * @param ids Hunch's id of each metric by the name tfjs gives it
 */
export function batchMeans(ids: ReadonlyMap<string, string>): BatchMeans {
  const sums = new Map(['loss', ...ids.keys()].map((key) => [key, 0]));
  let n = 0;
  const estimate = (key: string): Scores['loss'] => ({ value: sums.get(key)! / n, standardError: NaN, n });
  return {
    add(logs) {
      const size = logValue(logs, 'size');
      n += size;
      for (const [key, sum] of sums) sums.set(key, sum + size * logValue(logs, key));
      return logValue(logs, 'loss');
    },
    scores: () => ({
      loss: estimate('loss'),
      metrics: Object.fromEntries([...ids].map(([key, id]) => [id, estimate(key)])),
    }),
  };
}

/**
 * Returns the validation scores that tfjs puts into the logs of an epoch, or null where it took none. It says neither
 * how many examples they are of nor how they spread, so both are NaN.
 */
export function tfjsValidation(logs: TfjsLogs | undefined, ids: ReadonlyMap<string, string>): Scores | null {
  if (logs?.val_loss === undefined) return null;
  const estimate = (key: string): Scores['loss'] => ({
    value: logValue(logs, `val_${key}`),
    standardError: NaN,
    n: NaN,
  });
  return {
    loss: estimate('loss'),
    metrics: Object.fromEntries([...ids].map(([key, id]) => [id, estimate(key)])),
  };
}
