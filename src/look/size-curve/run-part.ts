import type { BuildModel } from '../../build/build-model';
import { runSweep } from '../../build/sweep';
import { planSweep } from '../../build/sweep-options';
import type { Warnings } from '../../core/warning';
import { threadRunner } from '../../engine/sweep/thread-runner';
import { trainingOptions, type PlannedCurve } from './curve-options';
import type { CurvePart } from './curve-parts';
import { epochsOfSize } from './epochs-of-size';
import { addRun, type KnownRuns } from './known-runs';
import { scoreRun } from './score-run';
import type { LearningCurveOptions } from './types';

/** What the parts of a curve share. */
export interface CurveWork {
  readonly build: BuildModel;
  readonly plan: PlannedCurve;
  readonly options: LearningCurveOptions;
  readonly batchSize: number;
  readonly orderOf: (seed: number) => Int32Array;
  /** Rows of the test data whose errors are kept. */
  readonly items: readonly number[];
  /** Scores are added here. */
  readonly known: KnownRuns;
  readonly signal: AbortSignal;
  readonly warnings: Warnings;
}

/** Trains the runs of a part on all cores and adds their scores; false when it was stopped before its end. */
export async function runPart(
  { sizes, seeds }: CurvePart,
  { build, plan, options, items, known, ...work }: CurveWork,
  onShare: (share: number) => void,
): Promise<boolean> {
  const { train, test, metric } = plan;
  const bySize = new Map(sizes.map((size) => [`${size} examples`, size]));
  const planned = planSweep(build, train, {
    ...trainingOptions(options),
    seeds,
    workers: options.workers,
    signal: work.signal,
    onProgress: ({ done, total = 1 }) => onShare(Math.min(1, done / total)),
    configurations: [...bySize].map(([name, size]) => ({
      name,
      subset: (seed: number) => work.orderOf(seed).subarray(0, size),
      epochs: epochsOfSize(size, train.n, { ...plan, batchSize: work.batchSize }),
    })),
  });
  const done = await runSweep({ ...planned, partOfMore: true }, train, threadRunner());
  for (const { code, message, count } of done.warnings) work.warnings.add(code, message, count);
  for (const run of done.runs) {
    if (run.log?.stopped === 'aborted') continue;
    const scores = await scoreRun(run, test, metric, items);
    addRun(known, items.length, bySize.get(run.configuration)!, run.seed, scores);
  }
  return done.stopped === 'completed';
}
