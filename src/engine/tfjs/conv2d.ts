import type { TensorInfo } from '@tensorflow/tfjs';
import { activated, canFuse, type FusedAttrs } from './activation';
import { convInfoOf, type Conv2DAttrs } from './conv2d-attrs';
import { inChunks, inputFrame, place, roundUp, stridesOf } from './convolution';
import { heapKernel, isFloat, type Inputs, type KernelCall } from './kernel';

type Attrs = Conv2DAttrs & FusedAttrs & { readonly dilations?: number | [number, number] };

/** The mode of `product` that cuts its results at zero. */
const RELU = 2;

function run(call: KernelCall<Attrs>): TensorInfo {
  const { tf, heap, inputs, attrs } = call;
  const { x, filter, bias } = inputs;
  const info = convInfoOf(tf, x.shape, filter.shape, attrs, attrs.dilations ?? 1);
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = info;
  const K = filterHeight * filterWidth * inChannels;
  const columns = roundUp(outChannels, 8);
  const sums = heap.scratch((take) => {
    const out = heap.output(info.outShape);
    const panels = take(K * columns * 4);
    heap.call('tensorPanels', heap.at(filter), outChannels * 4, 4, panels, K * 32, K, outChannels);
    const direct = columns === outChannels;
    let start = 0;
    if (bias) {
      start = direct ? heap.at(bias) : take(columns * 4);
      if (!direct) heap.copy(heap.at(bias), start, outChannels * 4);
    }
    const frame = inputFrame(info, inChannels);
    const from = stridesOf(heap.at(x), inHeight, inWidth, inChannels);
    const target = stridesOf(heap.at(out), outHeight, outWidth, outChannels);
    const bytes = 4 * Math.max(frame.height * frame.width * inChannels, outHeight * outWidth * columns);
    let wide = 0;
    inChunks(heap, batchSize, bytes, take, ({ first, count }, framed) => {
      const A = framed(from, inHeight, inWidth, inChannels, frame);
      const to = { ...target, base: target.base + first * target.img };
      if (!direct && !wide) wide = take(count * outHeight * outWidth * columns * 4);
      const C = direct ? to : stridesOf(wide, outHeight, outWidth, columns);
      const rows = [A.base, A.img, A.row * strideHeight, A.pix * strideWidth, panels, ...place(C), start];
      // Undilated, the pixels under a row of the filter lie side by side: one segment.
      const across =
        dilationWidth === 1
          ? [1, 0, filterWidth * inChannels]
          : [filterWidth, A.pix * dilationWidth, inChannels];
      const segments = [filterHeight, A.row * dilationHeight, ...across];
      const mode = attrs.activation === 'relu' ? RELU : 0;
      heap.call('product', ...rows, count, outHeight, outWidth, columns, ...segments, mode);
      const pixels = [1, count, outHeight * outWidth];
      const strides = [C.base, 0, C.img, C.pix, to.base, 0, to.img, to.pix];
      if (!direct) heap.call('tensorCopy', ...strides, ...pixels, outChannels, 0);
    });
    return out;
  });
  return activated(call, sums, 'relu');
}

const takes = ({ x, filter, bias }: Inputs, attrs: Attrs): boolean =>
  isFloat(x, filter, bias) &&
  attrs.dataFormat !== 'NCHW' &&
  canFuse(attrs) &&
  filter.shape.slice(0, 3).every((side) => side > 0) &&
  (!bias || (bias.shape.length === 1 && bias.shape[0] === filter.shape[3]));

/** Convolution, directly on images with a border. */
export const conv2D = heapKernel<Attrs>({ name: 'Conv2D', takes, run });

/** Convolution with bias and activation. */
export const fusedConv2D = heapKernel<Attrs>({ name: 'FusedConv2D', takes, run });
