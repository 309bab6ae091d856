import type { RunLog } from '../build/types';
import type { Side } from './read-arm';

/** Loss of a guess by the frequencies of its labels: their entropy, or the variance of the target. */
export function priorLossOf({ data, task, config }: RunLog, side: Side): number {
  const summary = data[side];
  if (!summary) return NaN;
  if (task === 'regression') return /absolute/i.test(config.loss) ? NaN : summary.targetVariance;
  const entropy = (p: number): number => (p > 0 ? -p * Math.log(p) : 0);
  const shares = summary.classCounts.map((count) => count / summary.n);
  const each = shares.map((share) => entropy(share) + entropy(1 - share));
  if (task === 'multi-label') return each.reduce((sum, one) => sum + one, 0) / each.length;
  return shares.reduce((sum, share) => sum + entropy(share), 0);
}
