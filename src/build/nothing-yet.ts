/** What a log holds of a training that has not begun. */
export const NOTHING_YET = {
  initial: null,
  steps: { stride: 1, loss: [], learningRate: [] },
  epochs: [],
  layers: [],
  activations: [],
  examples: null,
  outcome: null,
  nonFinite: null,
  stopped: 'completed',
  timing: { seconds: 0, secondsPerEpoch: [] },
  warnings: [],
} as const;
