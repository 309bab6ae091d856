import type { RunsMoment, SpreadScores } from './runs-types';
import { spreadOf } from './sweep-summary';
import type { EpochRecord, RunLog, Scores } from './types';

function spreadScores(scores: readonly Scores[]): SpreadScores {
  const ids = [...new Set(scores.flatMap(({ metrics }) => Object.keys(metrics)))];
  const of = (id: string): number[] => scores.map(({ metrics }) => metrics[id]?.value ?? NaN);
  return {
    loss: spreadOf(scores.map(({ loss }) => loss.value)),
    metrics: Object.fromEntries(ids.map((id) => [id, spreadOf(of(id))])),
  };
}

function momentOf(records: readonly EpochRecord[]): Omit<RunsMoment, 'epoch'> {
  const judged = records.flatMap(({ validation }) => (validation ? [validation] : []));
  return {
    train: spreadScores(records.map(({ train }) => train)),
    validation: judged.length > 0 ? spreadScores(judged) : null,
  };
}

/** Returns how the scores spread over the seeds: each at its end, and epoch by epoch. */
export function summarizeSeeds(logs: readonly RunLog[]): {
  readonly summary: Omit<RunsMoment, 'epoch'>;
  readonly epochs: readonly RunsMoment[];
} {
  const byEpoch = new Map<number, EpochRecord[]>();
  for (const { epochs } of logs) {
    for (const record of epochs) {
      const all = byEpoch.get(record.epoch);
      if (all) all.push(record);
      else byEpoch.set(record.epoch, [record]);
    }
  }
  const kept = [...byEpoch].filter(([, all]) => 2 * all.length >= logs.length).sort(([a], [b]) => a - b);
  return {
    summary: momentOf(logs.flatMap(({ epochs }) => epochs.slice(-1))),
    epochs: kept.map(([epoch, all]) => ({ epoch, ...momentOf(all) })),
  };
}
