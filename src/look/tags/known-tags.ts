/** A right answer for a wrong reason: among right answers, these are counted against the accuracy. */
export const LUCKY = 'lucky';

/** The model is right and the label is not: to be mended in the data. Counted like any other tag. */
export const LABEL_IS_WRONG = 'label is wrong';

/** How "nothing fits" reads; no tag can have this name. */
export const NO_TAG = 'no tag';
