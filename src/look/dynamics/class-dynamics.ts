import { meanInterval } from '../../stats/mean-interval';
import { wilsonInterval } from '../../stats/wilson-interval';
import type { ClassDynamics, CountedShare, DynamicsRegion } from './types';

/** Counts the rows that something is true of. */
export function countedShare(rows: readonly number[], holds: (row: number) => boolean): CountedShare {
  const n = rows.length;
  const count = rows.reduce((sum, row) => sum + Number(holds(row)), 0);
  return { count, n, share: n > 0 ? count / n : NaN, interval: wilsonInterval(count, n) };
}

/** Returns how the examples of each class, or with each label, were learnt, in the order of the classes. */
export function classDynamics(
  classes: readonly string[],
  names: readonly (readonly string[])[],
  rows: readonly number[],
  known: {
    readonly confidence: ArrayLike<number>;
    readonly learnedIn: ArrayLike<number>;
    readonly regions: readonly DynamicsRegion[];
  },
): readonly ClassDynamics[] {
  return classes.map((name) => {
    const own = rows.filter((row) => names[row].includes(name));
    const { mean, interval } = meanInterval(own.map((row) => known.confidence[row]));
    return {
      class: name,
      n: own.length,
      confidence: mean,
      confidenceInterval: interval,
      neverLearned: countedShare(own, (row) => known.learnedIn[row] === 0),
      hardToLearn: countedShare(own, (row) => known.regions[row] === 'hard-to-learn'),
    };
  });
}
