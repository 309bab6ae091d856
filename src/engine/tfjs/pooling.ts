import { sizeOf } from './backend';
import type { Conv2DAttrs } from './conv2d-attrs';
import { heapKernel, isFloat } from './kernel';

interface Attrs extends Conv2DAttrs {
  readonly filterSize: number | [number, number];
}

/** Gradient of max pooling: to the first greatest number of each window, as on the plain backend. */
export const maxPoolGrad = heapKernel<Attrs>({
  name: 'MaxPoolGrad',
  takes: ({ dy, input }) => isFloat(dy, input) && input.shape.length === 4,
  run({ tf, heap, inputs: { dy, input }, attrs: { filterSize, strides, pad, dimRoundingMode } }) {
    const shape = input.shape as [number, number, number, number];
    const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const out = heap.output(input.shape);
    heap.fill(heap.at(out), sizeOf(input.shape) * 4);
    const places = [heap.at(input), heap.at(dy), heap.at(out)];
    const sizes = [
      info.batchSize,
      info.inHeight,
      info.inWidth,
      info.outHeight,
      info.outWidth,
      info.inChannels,
    ];
    const windows = [info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth];
    const { top, left } = info.padInfo;
    heap.call(
      'tensorMaxPoolGrad',
      ...places,
      ...sizes,
      ...windows,
      info.dilationHeight,
      info.dilationWidth,
      top,
      left,
    );
    return out;
  },
});
