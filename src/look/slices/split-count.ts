import { InputError } from '../../core/input-error';
import type { FindSlicesOptions, ResolvedSliceOptions } from './slice-options';

/** Rows that all splits together search and judge, where it is not said how many there are. */
const ROWS = 600_000;
const MOST = 3;

/** What does not go with more than one split, if anything. */
function against({ alpha, holdOut, binning }: ResolvedSliceOptions): string | undefined {
  if (alpha !== undefined) return '"alpha" is given';
  if (holdOut === 0) return '"holdOut" is 0';
  return binning === 'tree' ? '"binning" is "tree"' : undefined;
}

/**
 * Returns how many times the rows are parted: what was asked for, or as many as so many rows need.
 *
 * @param n rows whose value is known
 * @throws InputError `unsupported`
 */
export function splitCount(
  fn: string,
  { splits }: FindSlicesOptions,
  resolved: ResolvedSliceOptions,
  n: number,
): number {
  const why = against(resolved);
  if (splits !== undefined && splits > 1 && why) {
    const expected = `be 1, or left out, where ${why}`;
    throw new InputError({ code: 'unsupported', fn, param: 'splits', expected, received: splits });
  }
  const halves = resolved.holdOut === 0.5 && resolved.group && n <= 2 * resolved.searchRows;
  return splits ?? (why || !halves ? 1 : Math.min(MOST, Math.max(1, Math.floor(ROWS / n))));
}
