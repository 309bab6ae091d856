import type { FoundSlices, SliceData } from '../look/slices/types';
import { percent, threeDigits } from './template';

/** Slices that are drawn at most. */
const MOST = 12;
/** Those that were not confirmed stand beside the confirmed ones, up to so many rows. */
const WITH_UNCONFIRMED = 8;

/** A slice in a figure, and whether it was confirmed. */
export interface DrawnSlice {
  readonly slice: SliceData;
  readonly confirmed: boolean;
}

type Found = Pick<FoundSlices, 'slices' | 'unconfirmed'>;

/** Returns the slices that a figure draws, in its order: confirmed ones, then as many of the others as there is room for. */
export function drawnSlices({ slices, unconfirmed }: Found): readonly DrawnSlice[] {
  const sure = slices.slice(0, MOST).map((slice) => ({ slice, confirmed: true }));
  const room = Math.max(0, WITH_UNCONFIRMED - sure.length);
  return [...sure, ...unconfirmed.slice(0, room).map((slice) => ({ slice, confirmed: false }))];
}

/** Returns what the error of slices is called. */
export const errorName = ({ metric }: Pick<FoundSlices, 'metric'>): string =>
  metric === 'error-rate'
    ? 'error rate'
    : metric === 'mean-squared-error'
      ? 'mean squared error'
      : 'mean loss';

/** Returns what writes the error of slices: a percentage, or three digits. */
export const errorWord = ({ metric }: Pick<FoundSlices, 'metric'>): ((value: number) => string) =>
  metric === 'error-rate' ? percent : threeDigits;

/** "confirmed, q = 0.002", "not confirmed, q = 0.4", "not tested". */
export function verdictOf({ slice, confirmed }: DrawnSlice): string {
  if (slice.heldOut === null) return 'not tested';
  const q = Number.isFinite(slice.qValue)
    ? slice.qValue < 0.001
      ? ', q < 0.001'
      : `, q = ${threeDigits(Number(slice.qValue.toPrecision(2)))}`
    : '';
  return `${confirmed ? 'confirmed' : 'not confirmed'}${q}`;
}

/** Returns the sentence that found slices show. */
export function slicesTitle(found: FoundSlices): string {
  const word = errorWord(found);
  const [first] = found.slices;
  const whole = `${word(found.overall.error)} overall`;
  if (!first) {
    const searched = found.rows.heldOut > 0 ? 'was confirmed as worse than the whole' : 'was found';
    return `No slice ${searched}: ${errorName(found)} ${whole}`;
  }
  return `The ${errorName(found)} is ${word(first.error)} where ${first.description}, ${whole}; ${percent(first.shareOfErrors)} of all ${found.metric === 'error-rate' ? 'errors are' : 'loss is'} there`;
}
