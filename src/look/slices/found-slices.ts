import { asResult } from '../../core/showable';
import type { Warnings } from '../../core/warning';
import type { Moments } from '../../stats/moments';
import type { Hunt } from './hunt';
import type { LevelRule } from './level-rule';
import { partByVerdict } from './slice-data';
import { errorWithInterval, type Reading } from './slice-measures';
import type { ResolvedSliceOptions } from './slice-options';
import { smallestVisible } from './smallest-visible';
import type { SliceData, SlicesOf } from './types';

export interface FoundParts<S extends SliceData> {
  readonly name: string;
  readonly metric: SlicesOf<S>['metric'];
  /** Of all rows. */
  readonly everything: Moments;
  readonly totals: { readonly searched: Moments; readonly heldOut: Moments };
  readonly reading: Reading;
  readonly rules: readonly LevelRule[];
  readonly found: Hunt;
  /** All that were chosen. */
  readonly slices: readonly S[];
  readonly options: ResolvedSliceOptions;
  readonly warnings: Warnings;
}

/** Puts together what was found, with what is odd about it. */
export function foundSlices<S extends SliceData>(parts: FoundParts<S>): SlicesOf<S> {
  const { name, metric, everything, totals, reading, rules, found, options, warnings } = parts;
  const { searched, heldOut } = totals;
  const { bothWays = false, splits = 1 } = found;
  const hunts = splits * (bothWays ? 2 : 1);
  const { alpha, seed, level, falseDiscoveryRate, minSupport } = options;
  if (heldOut.n === 0 && found.picks.length > 0) {
    const message =
      'No rows were held out: slices are measured on the rows that chose them, so their errors are too high.';
    warnings.add('not-judged', message);
  }
  if (reading.zeroOne && searched.sum < 10) {
    const message = `Only ${searched.sum} errors among the ${searched.n} searched rows: slices can hardly be told apart.`;
    warnings.add('few-errors', message, searched.sum);
  }
  if (found.stoppedAt !== undefined) {
    const message = `Not all combinations of ${found.stoppedAt} conditions could be tried; deeper ones were built on the strangest.`;
    warnings.add('not-exhaustive', message);
  }
  return asResult({
    kind: 'slices',
    ...{ name, metric, n: everything.n },
    overall: {
      errors: metric === 'error-rate' ? everything.sum : NaN,
      ...errorWithInterval(everything, reading),
    },
    rows: { searched: searched.n, heldOut: heldOut.n, bothWays, splits, seed },
    score: alpha === undefined ? { name: 'surprise' } : { name: 'sliceline', alpha },
    ...{ level, falseDiscoveryRate },
    ...partByVerdict(parts.slices, falseDiscoveryRate),
    tried: found.tried,
    refined: found.refined,
    columns: rules.map(({ name: column, cut, values, edges, missing, levels }) => ({
      ...{ name: column, cut, missing, levels },
      ...(cut === 'values' ? { values } : { edges }),
    })),
    minSupport,
    smallestVisible: smallestVisible({
      ...{ searched, heldOut: heldOut.n, zeroOne: reading.zeroOne },
      falseDiscoveryRate: falseDiscoveryRate / hunts,
      evaluated: found.tried.reduce((sum, { evaluated }) => sum + evaluated, 0) / hunts,
      ...{ judged: found.judged ?? options.k, bothWays, splits },
    }),
    warnings: warnings.list(),
  });
}
