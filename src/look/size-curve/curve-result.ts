import { asResult } from '../../core/showable';
import { collectWarnings, type Warning } from '../../core/warning';
import type { PlannedCurve } from './curve-options';
import { curvePoints } from './curve-points';
import type { KnownRuns } from './known-runs';
import type { CurveConfig, SizeCurve, SizePoint } from './types';

/** What a curve is made of besides its runs. */
export interface CurveFacts {
  readonly name: string;
  readonly plan: PlannedCurve;
  readonly seeds: readonly number[];
  readonly items: readonly number[];
  readonly config: CurveConfig;
  readonly fingerprint: string;
  readonly stopped: SizeCurve['stopped'];
  readonly seconds: number;
  readonly warnings: readonly Warning[];
}

function warningsOf(points: readonly SizePoint[], { plan, warnings, seeds }: CurveFacts): readonly Warning[] {
  const noted = collectWarnings();
  for (const { code, message, count } of warnings) noted.add(code, message, count);
  const failed = points.reduce((sum, point) => sum + point.failed, 0);
  if (failed > 0) {
    noted.add(
      'runs-left-out',
      `${failed} runs failed or did not stay finite; they are left out of the means.`,
      failed,
    );
  }
  if (seeds.length < 3) {
    noted.add(
      'few-seeds',
      `${seeds.length === 1 ? 'One seed says' : 'Two seeds say'} little about luck: take 5.`,
    );
  }
  if (points.every(({ train }) => Number.isNaN(train.mean))) {
    noted.add(
      'no-train-curve',
      `The training does not log "${plan.metric.id}", so there is no training curve.`,
    );
  }
  const bare = plan.train.classes.filter(
    (_, code) => plan.train.labels.length > 0 && !Array.prototype.includes.call(plan.test.labels, code),
  );
  if (plan.train.task === 'classification' && bare.length > 0) {
    noted.add(
      'classes-not-tested',
      `No test example is of class ${bare.map((one) => `"${one}"`).join(', ')}.`,
    );
  }
  return noted.list();
}

/** Returns the curve of the runs that are known. */
export function curveResult(known: KnownRuns, facts: CurveFacts): SizeCurve {
  const { plan, seeds, items, config } = facts;
  const { train, test, metric, level, goals } = plan;
  const share = metric.unit === 'share';
  const points = curvePoints(known, { seeds, n: train.n, testN: test.n, level, share, config });
  return asResult({
    kind: 'size-curve' as const,
    schemaVersion: 1 as const,
    name: facts.name,
    task: train.task,
    metric: metric.id,
    title: metric.title,
    unit: metric.unit,
    n: train.n,
    testN: test.n,
    ...{ seeds, level, points, items, config, goals },
    fingerprint: facts.fingerprint,
    stopped: facts.stopped,
    seconds: facts.seconds,
    warnings: warningsOf(points, facts),
  });
}
