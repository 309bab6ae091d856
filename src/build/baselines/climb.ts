import { asResult } from '../../core/showable';
import { metricOf } from '../../engine/train/score';
import { METRICS } from '../../metrics/metrics';
import { metricValue } from '../../metrics/metric-value';
import type { Predictions } from '../../metrics/types';
import { mean } from '../../stats/mean';
import { checkedExamples, someExamples, type Inputs } from './inputs';
import { judgeScore, middleOf, predictionsOf, valuesOf } from './judge';
import type { Rung, RungJob } from './rung';
import type { Baseline } from './types';

export const LEVEL = 0.95;

/** A trained rung: its row, still without its distance from the best, and what the comparison needs. */
export interface Climbed {
  readonly row: Omit<Baseline, 'behindBest' | 'predictions'>;
  readonly predictions: Predictions;
  /** The metric of each validation example, for each seed. */
  readonly perSeed: readonly Float64Array[];
  readonly warning: string | undefined;
}

/** The metric that rows are judged by. */
export function metricFacts(
  data: Inputs['train'],
): Pick<Baseline, 'metric' | 'metricTitle' | 'metricUnit' | 'higherIsBetter'> {
  const metric = metricOf(data);
  const { title, unit, higherIsBetter } = METRICS.find(({ id }) => id === metric)!;
  return { metric, metricTitle: title, metricUnit: unit, higherIsBetter };
}

/** Mean log loss where there are probabilities, mean squared error of values. */
function lossOf(predictions: Predictions): number {
  const { loss } = predictions;
  return loss ? Array.from(loss).reduce((sum, value) => sum + value / loss.length, 0) : NaN;
}

/**
 * Trains a rung on so many examples and judges it; null where it was stopped before it was done.
 *
 * @throws what the training throws
 */
export async function climb(
  fn: string,
  rung: Rung,
  inputs: Inputs,
  n: number,
  job: Pick<RungJob, 'sizes' | 'seeds' | 'seconds' | 'signal' | 'pause'>,
): Promise<Climbed | null> {
  const begun = performance.now();
  const [seed] = job.seeds;
  const { validation, sparse } = inputs;
  const train = someExamples(inputs.train, n, seed);
  const check = checkedExamples(train, seed);
  const { answers, size, settings, warning } = await rung.train({ ...job, train, validation, check, sparse });
  if (job.signal.aborted || answers.length === 0) return null;
  const seconds = (performance.now() - begun) / 1000;
  const facts = metricFacts(train);
  const said = answers.map((one) => predictionsOf(fn, rung.name, validation, one.validation));
  const perSeed = said.map(valuesOf);
  const { score, interval, spread } = judgeScore(perSeed, facts.metricUnit === 'share', LEVEL);
  const trained = answers.map((one) =>
    typeof one.train === 'number'
      ? one.train
      : metricValue(predictionsOf(fn, rung.name, check, one.train), facts.metric).value,
  );
  const scores = perSeed.map((values) => values.reduce((sum, value) => sum + value, 0));
  return {
    row: {
      kind: 'baseline',
      model: rung.name,
      what: rung.what,
      trivial: rung.trivial ?? false,
      ...facts,
      score,
      interval,
      n: validation.n,
      trainScore: mean(trained),
      loss: mean(said.map(lossOf)),
      spread,
      trainedOn: train.n,
      trainN: inputs.train.n,
      seconds,
      size,
      settings,
    },
    predictions: said[middleOf(scores)],
    perSeed,
    warning,
  };
}

/** Returns a row as it is shown, with its distance from the best. */
export const baselineOf = ({ row, predictions }: Climbed, behindBest: Baseline['behindBest']): Baseline =>
  asResult({ ...row, behindBest }, { predictions });
