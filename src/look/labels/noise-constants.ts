// Fitted by bench/labels/calibrate.cjs on the simulated worlds of the part "calibration"; never by hand.

/** Weights of the features of a dispute, in their order, and the constant. */
export const WEIGHTS: readonly number[] = [
  0.6279, 1.617, 0.09756, 0.2237, 0.8061, 0.07252, -1.278, -0.159, 0.2161,
];
export const CONSTANT = -0.91;

/** Shares of worlds at which {@link ERRORS} stand. */
export const SHARES: readonly number[] = [0, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 1];

/** By how much the logit of the true precision of a list lay above that of the expected one, by where labels are disputed. */
export const ERRORS: Readonly<Record<'sure' | 'between' | 'unsure', readonly number[]>> = {
  sure: [-1.59, -1.59, -1.22, -1.057, -0.3606, 0.7052, 1.821, 3.79, 3.941, 5.541, 5.541],
  between: [-6.383, -1.746, -1.494, -1.197, -0.5805, -0.07586, 0.5563, 1.278, 1.976, 2.596, 3.59],
  unsure: [-7.564, -7.164, -6.92, -6.54, -4.86, -1.797, 0.1139, 1.388, 1.862, 2.063, 2.582],
};
