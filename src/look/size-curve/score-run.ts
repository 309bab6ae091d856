import { evaluate } from '../../build/evaluate';
import type { SweepRun } from '../../build/sweep-types';
import type { Dataset } from '../../data/types';
import type { MeanMetric } from '../../metrics/metric-definition';
import type { RunScores } from './known-runs';
import { trainScore } from './lower-metric';

const FAILED: RunScores = { test: NaN, train: NaN, items: [] };

/** Returns the scores of a finished run on the test data; NaN for one that failed or did not stay finite. */
export async function scoreRun(
  run: SweepRun,
  test: Dataset,
  metric: MeanMetric,
  items: readonly number[],
): Promise<RunScores> {
  if (run.log === null || run.log.stopped === 'non-finite') return FAILED;
  const model = await run.model();
  try {
    const predictions = await evaluate(model, test);
    let sum = 0;
    for (let i = 0; i < test.n; i++) sum += metric.ofExample(predictions, i);
    const score = sum / test.n;
    if (!Number.isFinite(score)) return FAILED;
    const kept = Float64Array.from(items, (row) => metric.ofExample(predictions, row));
    return { test: score, train: trainScore(run.log, metric.id), items: kept };
  } finally {
    model.dispose();
  }
}
