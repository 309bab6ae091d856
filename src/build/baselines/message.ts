import { METRICS } from '../../metrics/metrics';
import type { Baselines, HumanGap } from './types';
import { scoreWords, threeDigits } from './words';

type Ladder = Pick<
  Baselines,
  'rows' | 'best' | 'simplestGood' | 'human' | 'betterByLoss' | 'metricTitle' | 'metricUnit' | 'n'
>;

function humanWords({ goal, difference, interval }: HumanGap): string {
  const { title, unit } = METRICS.find(({ id }) => id === goal.metric)!;
  const words = scoreWords(unit);
  const level = `the human level, ${title} ${words.score(goal.value)} (${goal.source})`;
  const [low, high] = interval;
  if (low > 0) return `It is ${words.gap(difference)} (${words.gapRange(interval)}) short of ${level}.`;
  if (high < 0) return `It is ${words.gap(-difference)} (${words.gapRange([-high, -low])}) beyond ${level}.`;
  return `It is not clearly apart from ${level}: ${words.gapRange(interval)} short.`;
}

/** Returns what a ladder comes to: the simplest good model, how it stands to the best, and how far it is from people. */
export function messageOf(ladder: Ladder): string {
  const { rows, best: bestName, simplestGood, human, n } = ladder;
  const best = rows.find(({ model }) => model === bestName);
  const simplest = rows.find(({ model }) => model === simplestGood);
  if (!best || !simplest) return 'No model has been trained.';
  const words = scoreWords(ladder.metricUnit);
  const on = `${n} validation ${n === 1 ? 'example' : 'examples'}`;
  const score = `${ladder.metricTitle} ${words.score(simplest.score)} (${words.range(simplest.interval)}) on ${on}`;
  const byLoss = ladder.betterByLoss;
  const loss =
    byLoss &&
    ` The probabilities of "${byLoss.model}" are better all the same: log loss ${threeDigits(byLoss.loss)} against ${threeDigits(byLoss.priorLoss)} of the shares alone.`;
  const end = `${loss ?? ''}${human ? ` ${humanWords(human)}` : ''}`;
  if (rows.length === 1) return `"${simplest.model}" alone was trained: ${score}.${end}`;
  if (simplest === best) {
    if (best.trivial) return `No model is better than "${best.model}": ${score}.${end}`;
    return `"${simplest.model}" is the simplest good model, and the best of ${rows.length}: ${score}.${end}`;
  }
  const { difference, interval } = simplest.behindBest!;
  const gap = `${words.gap(difference)} better, ${words.gapRange(interval)}`;
  if (simplest.trivial) {
    return `No model is clearly better than "${simplest.model}": ${score}; the best, "${best.model}", is ${gap}.${end}`;
  }
  return `"${simplest.model}" is the simplest good model: ${score}, not clearly worse than the best, "${best.model}" (${gap}).${end}`;
}
