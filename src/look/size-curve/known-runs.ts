import type { SizeCurve } from './types';

/** What one run gave. */
export interface RunScores {
  /** NaN where it failed. */
  readonly test: number;
  readonly train: number;
  /** For each kept test example; empty where it failed. */
  readonly items: ArrayLike<number>;
}

/** All runs of one size. */
export interface SizeRuns {
  readonly bySeed: Map<number, { readonly test: number; readonly train: number }>;
  /** Sums over the runs that count. */
  readonly itemSums: Float64Array;
  counted: number;
}

/** Runs by size, then by seed. */
export type KnownRuns = Map<number, SizeRuns>;

function sizeRuns(known: KnownRuns, size: number, items: number): SizeRuns {
  const found = known.get(size) ?? { bySeed: new Map(), itemSums: new Float64Array(items), counted: 0 };
  known.set(size, found);
  return found;
}

/** Adds a run. */
export function addRun(
  known: KnownRuns,
  items: number,
  size: number,
  seed: number,
  { test, train, items: errors }: RunScores,
): void {
  const runs = sizeRuns(known, size, items);
  runs.bySeed.set(seed, { test, train });
  if (!Number.isFinite(test)) return;
  runs.counted++;
  for (let i = 0; i < items; i++) runs.itemSums[i] += errors[i];
}

/** Returns the runs of an earlier curve; those that failed are left out, to be tried again. */
export function runsOf(curve: SizeCurve | undefined): KnownRuns {
  const known: KnownRuns = new Map();
  for (const { size, n, test, train, itemErrors } of curve?.points ?? []) {
    const runs = sizeRuns(known, size, itemErrors.length);
    runs.counted = n;
    itemErrors.forEach((mean, i) => (runs.itemSums[i] = mean * n));
    curve!.seeds.forEach((seed, s) => {
      if (Number.isFinite(test.values[s])) {
        runs.bySeed.set(seed, { test: test.values[s], train: train.values[s] });
      }
    });
  }
  return known;
}
