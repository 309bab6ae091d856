import type * as Tf from '@tensorflow/tfjs';

/** TensorFlow.js as the engines see it. */
export type TensorFlow = typeof Tf;
