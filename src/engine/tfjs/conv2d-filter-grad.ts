import { inChunks, inputFrame, place, roundUp, stridesOf } from './convolution';
import { convInfoOf, type Conv2DAttrs } from './conv2d-attrs';
import { heapKernel, isFloat } from './kernel';

/** Gradient of a convolution with respect to its filter: each window of x times what came back for it, summed in panels. */
export const conv2DFilterGrad = heapKernel<Conv2DAttrs & { filterShape: readonly number[] }>({
  name: 'Conv2DBackpropFilter',
  takes: ({ x, dy }, attrs) => isFloat(x, dy) && attrs.dataFormat !== 'NCHW',
  run({ tf, heap, inputs: { x, dy }, attrs }) {
    const info = convInfoOf(tf, x.shape, attrs.filterShape, attrs, 1);
    const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
    const { filterHeight, filterWidth, strideHeight, strideWidth } = info;
    return heap.scratch((take) => {
      const out = heap.output(info.filterShape);
      const K = filterHeight * filterWidth * inChannels;
      const columns = roundUp(outChannels, 8);
      const panels = take(K * columns * 4);
      heap.fill(panels, K * columns * 4);
      const frame = inputFrame(info, inChannels);
      const dyFrame = { height: outHeight, width: outWidth, channels: columns, top: 0, left: 0 };
      const from = stridesOf(heap.at(x), inHeight, inWidth, inChannels);
      const dyFrom = stridesOf(heap.at(dy), outHeight, outWidth, outChannels);
      const bytes = 4 * Math.max(frame.height * frame.width * inChannels, outHeight * outWidth * columns);
      if (K * outChannels * outHeight * outWidth > 0) {
        inChunks(heap, batchSize, bytes, take, ({ count }, framed) => {
          const A = framed(from, inHeight, inWidth, inChannels, frame);
          const D = framed(dyFrom, outHeight, outWidth, outChannels, dyFrame);
          const rows = [A.base, A.img, A.row * strideHeight, A.pix * strideWidth, ...place(D), panels];
          // The pixels under a row of the filter lie side by side: one segment.
          const segments = [filterHeight, A.row, 1, 0, filterWidth * inChannels];
          heap.call('productGrad', ...rows, count, outHeight, outWidth, columns, ...segments);
        });
      }
      heap.call('tensorRows', panels, K * 32, heap.at(out), outChannels * 4, K, outChannels);
      return out;
    });
  },
});
