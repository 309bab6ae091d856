import type { RunLog } from '../build/types';

/** Inputs of this size and more are wide: they may be what makes steps too long. */
export const WIDE = 20;

/** Largest absolute value of the training inputs; NaN where it is not known. */
export function largestInput({ data }: RunLog): number {
  const features = data.train?.features;
  return features ? Math.max(Math.abs(features.min), Math.abs(features.max)) : NaN;
}
