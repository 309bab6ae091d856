/** Places of the numbers of an example: side by side, so that an example is one line of the cache or two. */
export const LOSS = 0;
export const CONFIDENCE = 3;
export const MARGIN = 6;
export const ERROR_NORM = 7;
export const RATIOS = 8;
export const NUMBERS = 9;
/** The same of its counts. */
export const SEEN = 0;
export const CORRECT = 1;
export const FORGOTTEN = 2;
export const FIRST_LEARNED = 3;
export const WAS_CORRECT = 4;
export const EARLY = 5;
export const COUNTS = 8;

/** Numbers and counts of all examples, by their places. */
export interface ExampleStore {
  readonly numbers: Float64Array;
  readonly counts: Int32Array;
}

/** Returns an empty store for n examples. */
export const exampleStore = (n: number): ExampleStore => ({
  numbers: new Float64Array(n * NUMBERS),
  counts: new Int32Array(n * COUNTS),
});
