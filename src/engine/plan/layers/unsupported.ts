/** Why some classes of layers have no rule. */
export interface Unsupported {
  readonly classes: readonly string[];
  readonly why: string;
}

/**
 * Layers of TensorFlow.js that no plan holds: the training of a model with one of them runs on TensorFlow.js' autograd. With the
 * classes of LAYER_RULES and of LAID_OPEN these are all that TensorFlow.js has.
 */
export const UNSUPPORTED: readonly Unsupported[] = [
  {
    classes: ['Conv3D', 'Conv3DTranspose', 'MaxPooling3D', 'AveragePooling3D'],
    why: 'values have three sides at most: height, width and channels',
  },
  {
    classes: ['ConvLSTM2D', 'ConvLSTM2DCell'],
    why: 'recurrence over images has no kernel',
  },
  {
    classes: ['CategoryEncoding', 'CenterCrop', 'Resizing'],
    why: 'it prepares data and has nothing to train: apply it once to the data, before training',
  },
  {
    classes: ['RandomWidth'],
    why: 'the size of what it gives changes from step to step',
  },
];

/** Classes that are no steps of a plan by themselves, and where they are found in it. */
export const LAID_OPEN: readonly Unsupported[] = [
  {
    classes: ['Model', 'Functional', 'Sequential'],
    why: 'their layers are planned one by one',
  },
  {
    classes: ['SimpleRNNCell', 'GRUCell', 'LSTMCell', 'StackedRNNCells'],
    why: 'they are planned with the RNN that they are part of',
  },
];

/** Returns why layers of a class are not planned. */
export function whyUnsupported(className: string): string {
  const known = [...UNSUPPORTED, ...LAID_OPEN].find(({ classes }) => classes.includes(className));
  return `layers of class ${className} have no rule${known ? `: ${known.why}` : ''}`;
}
