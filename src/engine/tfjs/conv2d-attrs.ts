import type { backend_util } from '@tensorflow/tfjs';
import type { TensorFlow } from '../tf';

/** The attributes that all convolutions have. */
export interface Conv2DAttrs {
  readonly strides: number | [number, number];
  readonly pad:
    'valid' | 'same' | number | [[number, number], [number, number], [number, number], [number, number]];
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Shape4D = [number, number, number, number];

/** Sizes and padding of a convolution over channels that stand last. */
export function convInfoOf(
  tf: TensorFlow,
  input: readonly number[],
  filter: readonly number[],
  { strides, pad, dimRoundingMode }: Conv2DAttrs,
  dilations: number | [number, number],
  depthwise = false,
): backend_util.Conv2DInfo {
  const shapes = [input, filter] as readonly (readonly number[])[] as [Shape4D, Shape4D];
  return tf.backend_util.computeConv2DInfo(...shapes, strides, dilations, pad, dimRoundingMode, depthwise);
}
