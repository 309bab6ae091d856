// What a product does with its result, as bits of its mode.

/** Add to what stands in C instead of starting from the bias. */
export const ADD: i32 = 1;
/** Cut the result at zero. */
export const RELU: i32 = 2;
/** Cut the result where another image is not positive. */
export const CUT: i32 = 4;
