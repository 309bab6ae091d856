import { meanInterval } from '../stats/mean-interval';
import type { Spread, SweepRun, SweepSummary } from './sweep-types';
import type { Scores } from './types';

/** Returns mean, deviation and interval of values over the seeds. */
export function spreadOf(values: readonly number[]): Spread {
  const { mean, interval, standardError, n } = meanInterval(values);
  return { mean, sd: standardError * Math.sqrt(n), interval, n };
}

/** The scores of a run at its end; null where it has none. */
function lastScores({ log }: SweepRun, scored: 'validation' | 'train'): Scores | null {
  return log?.epochs.at(-1)?.[scored] ?? null;
}

/** Returns the runs of each configuration together, in the order of the names. */
export function summarizeRuns(
  runs: readonly SweepRun[],
  configurations: readonly string[],
  metric: string,
  scored: 'validation' | 'train',
): SweepSummary[] {
  return configurations.map((configuration) => {
    const own = runs.filter((run) => run.configuration === configuration);
    const scores = own.map((run) => lastScores(run, scored)).filter((found) => found !== null);
    return {
      configuration,
      n: own.filter(({ log }) => log !== null).length,
      begun: own.length,
      loss: spreadOf(scores.map(({ loss }) => loss.value)),
      metric: spreadOf(scores.map(({ metrics }) => metrics[metric]?.value ?? NaN)),
    };
  });
}
