import { mcnemar } from '../../stats/mcnemar';
import { pairedDifference } from '../../stats/paired-difference';
import { LEVEL, type Climbed } from './climb';
import { meanOf } from './judge';
import type { BehindBest, BetterByLoss } from './types';

/** Variance of a mean over seeds that comes from the seeds. */
const seedVariance = ({ row: { spread } }: Climbed): number =>
  spread && spread.n > 1 ? spread.sd ** 2 / spread.n : 0;

/** The number of examples of which `a` is right and `b` wrong. */
function onlyRight(a: Float64Array, b: Float64Array): number {
  return a.reduce((count, value, i) => count + Number(value === 1 && b[i] === 0), 0);
}

/** Returns how far a model is behind the best one, paired over the validation examples. */
export function behind(best: Climbed, other: Climbed): BehindBest {
  const { higherIsBetter, metricUnit } = best.row;
  const shares = metricUnit === 'share';
  const [first, second] = higherIsBetter ? [best, other] : [other, best];
  const { difference, interval } = pairedDifference(meanOf(first.perSeed), meanOf(second.perSeed), {
    shares,
    otherVariance: seedVariance(best) + seedVariance(other),
    level: LEVEL,
  });
  const single = shares && best.perSeed.length === 1 && other.perSeed.length === 1;
  const [a, b] = [best.perSeed[0], other.perSeed[0]];
  return {
    difference,
    interval,
    pValue: single ? mcnemar(onlyRight(a, b), onlyRight(b, a)) : null,
    clearlyWorse: interval[0] > 0,
  };
}

/** Returns the place of the best score; of equal ones the simplest. −1 without any that is a number. */
export function bestOf(climbed: readonly Climbed[]): number {
  let best = -1;
  climbed.forEach(({ row: { score, higherIsBetter } }, i) => {
    if (Number.isNaN(score)) return;
    const most = best < 0 ? NaN : climbed[best].row.score;
    if (best < 0 || (higherIsBetter ? score > most : score < most)) best = i;
  });
  return best;
}

/** Returns the model of least log loss where it is clearly below that of the class or label shares, else null. */
export function betterByLoss(climbed: readonly Climbed[]): BetterByLoss | null {
  const prior = climbed.find(({ row: { trivial, loss } }) => trivial && Number.isFinite(loss));
  if (!prior || prior.predictions.task === 'regression') return null;
  const [best] = climbed
    .filter(({ row: { trivial, loss } }) => !trivial && Number.isFinite(loss))
    .sort((a, b) => a.row.loss - b.row.loss);
  if (!best) return null;
  const { interval } = pairedDifference(prior.predictions.loss!, best.predictions.loss!, { level: LEVEL });
  if (!(interval[0] > 0)) return null;
  return { model: best.row.model, loss: best.row.loss, priorLoss: prior.row.loss, interval };
}
