import type { Warnings } from '../core/warning';
import { edgeBins, quantileBins, type DifficultyBin } from './difficulty-bins';

/** Returns bins between the edges, or of about equal size, and warns of what is odd about them. */
export function chooseBins(
  values: Float64Array,
  { bins = 5, edges }: { readonly bins?: number; readonly edges?: ArrayLike<number> },
  warnings: Warnings,
): readonly DifficultyBin[] {
  if (edges === undefined) {
    const made = quantileBins(values, bins);
    if (made.length < bins) {
      const message = `${made.length} slices instead of ${bins}: equal values of the difficulty stay together.`;
      warnings.add('fewer-slices', message, bins - made.length);
    }
    return made;
  }
  const made = edgeBins(values, edges);
  const known = values.reduce((sum, v) => sum + (Number.isNaN(v) ? 0 : 1), 0);
  const outside = known - made.reduce((sum, bin) => sum + bin.indices.length, 0);
  if (outside > 0) {
    warnings.add(
      'outside-edges',
      `${outside} of ${known} examples lie outside the edges and are left out.`,
      outside,
    );
  }
  return made;
}
