import type { backend_util, TensorInfo } from '@tensorflow/tfjs';
import { activated, canFuse, type FusedAttrs } from './activation';
import { convInfoOf, type Conv2DAttrs } from './conv2d-attrs';
import {
  inChunks,
  inputFrame,
  phaseBorder,
  phasesOf,
  place,
  roundUp,
  stridesOf,
  type Strides,
} from './convolution';
import type { Heap } from './heap';
import { heapKernel, isFloat, runKernel, type Inputs, type KernelCall } from './kernel';

interface DepthwiseAttrs extends Conv2DAttrs {
  readonly dilations?: number | [number, number];
}

const pair = (x: number | readonly [number, number] = 1): readonly number[] =>
  typeof x === 'number' ? [x, x] : x;

/** Strides and dilations together are left to the plain backend (TensorFlow.js refuses them in most places). */
const takes = (inputs: Inputs, { dataFormat, strides, dilations }: DepthwiseAttrs): boolean =>
  isFloat(...Object.values(inputs)) &&
  dataFormat !== 'NCHW' &&
  (pair(strides).every((s) => s === 1) || pair(dilations).every((d) => d === 1));

/** The images of an input in which each channel is repeated for every filter that it meets. */
function repeated(
  heap: Heap,
  x: TensorInfo,
  { batchSize, inHeight, inWidth, inChannels, outChannels }: backend_util.Conv2DInfo,
  take: (bytes: number) => number,
): Strides {
  if (outChannels === inChannels) return stridesOf(heap.at(x), inHeight, inWidth, inChannels);
  const pixels = batchSize * inHeight * inWidth;
  const to = take(pixels * outChannels * 4);
  const channels = [inChannels, outChannels / inChannels, inChannels, outChannels, 0];
  heap.call('tensorChannels', heap.at(x), to, pixels, ...channels);
  return stridesOf(to, inHeight, inWidth, outChannels);
}

function run(call: KernelCall<DepthwiseAttrs & FusedAttrs>): TensorInfo {
  const { tf, heap, inputs, attrs } = call;
  const { x, filter, bias } = inputs;
  const info = convInfoOf(tf, x.shape, filter.shape, attrs, attrs.dilations ?? 1, true);
  const { batchSize, inHeight, inWidth, outHeight, outWidth, outChannels } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = info;
  const taps = filterHeight * filterWidth;
  const padded = roundUp(outChannels, 4);
  const sums = heap.scratch((take) => {
    const out = heap.output(info.outShape);
    const target = stridesOf(heap.at(out), outHeight, outWidth, outChannels);
    const weights = padded === outChannels ? heap.at(filter) : take(taps * padded * 4);
    if (padded !== outChannels) {
      const strides = [heap.at(filter), 0, 0, outChannels * 4, weights, 0, 0, padded * 4];
      heap.call('tensorCopy', ...strides, 1, 1, taps, outChannels, padded - outChannels);
    }
    const from = repeated(heap, x, info, take);
    const frame = inputFrame(info, padded);
    let wide = 0;
    const bytes = 4 * padded * Math.max(frame.height * frame.width, outHeight * outWidth);
    inChunks(heap, batchSize, bytes, take, ({ first, count }, framed) => {
      const A = framed(from, inHeight, inWidth, outChannels, frame);
      const to = { ...target, base: target.base + first * target.img };
      const direct = padded === outChannels;
      if (!direct && !wide) wide = take(count * outHeight * outWidth * padded * 4);
      const C = direct ? to : stridesOf(wide, outHeight, outWidth, padded);
      const rows = [A.base, A.img, A.row * strideHeight, A.pix * strideWidth, weights, ...place(C)];
      const segments = [filterHeight, A.row * dilationHeight, filterWidth, A.pix * dilationWidth];
      heap.call('tensorDepthwise', ...rows, count, outHeight, outWidth, padded, ...segments);
      const strides = [C.base, 0, C.img, C.pix, to.base, 0, to.img, to.pix];
      if (!direct) heap.call('tensorCopy', ...strides, 1, count, outHeight * outWidth, outChannels, 0);
    });
    return out;
  });
  if (!bias) return activated(call, sums);
  const shifted = runKernel(call, 'Add', { a: sums, b: bias });
  heap.backend.disposeData(sums.dataId);
  return activated(call, shifted);
}

const takesFused = (inputs: Inputs, attrs: DepthwiseAttrs & FusedAttrs): boolean =>
  takes(inputs, attrs) && canFuse(attrs);

/** Depthwise convolution. */
export const depthwise = heapKernel<DepthwiseAttrs>({ name: 'DepthwiseConv2dNative', takes, run });

/** Depthwise convolution with bias and activation. */
export const fusedDepthwise = heapKernel<DepthwiseAttrs & FusedAttrs>({
  name: 'FusedDepthwiseConv2D',
  takes: takesFused,
  run,
});

/** Gradient of a depthwise convolution with respect to its filter. */
export const depthwiseFilterGrad = heapKernel<DepthwiseAttrs & { filterShape: readonly number[] }>({
  name: 'DepthwiseConv2dNativeBackpropFilter',
  takes,
  run({ tf, heap, inputs: { x, dy }, attrs }) {
    const info = convInfoOf(tf, x.shape, attrs.filterShape, attrs, attrs.dilations ?? 1, true);
    const { batchSize, inHeight, inWidth, outHeight, outWidth, outChannels } = info;
    const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = info;
    const taps = filterHeight * filterWidth;
    const padded = roundUp(outChannels, 4);
    return heap.scratch((take) => {
      const out = heap.output(info.filterShape);
      const G = take(taps * padded * 4);
      heap.fill(G, taps * padded * 4);
      const from = repeated(heap, x, info, take);
      const dyFrom = stridesOf(heap.at(dy), outHeight, outWidth, outChannels);
      const frame = inputFrame(info, padded);
      const dyFrame = { height: outHeight, width: outWidth, channels: padded, top: 0, left: 0 };
      const bytes = 4 * padded * Math.max(frame.height * frame.width, outHeight * outWidth);
      inChunks(heap, batchSize, bytes, take, ({ count }, framed) => {
        const A = framed(from, inHeight, inWidth, outChannels, frame);
        const D = framed(dyFrom, outHeight, outWidth, outChannels, dyFrame);
        const rows = [A.base, A.img, A.row * strideHeight, A.pix * strideWidth, ...place(D), G];
        const segments = [filterHeight, A.row * dilationHeight, filterWidth, A.pix * dilationWidth];
        heap.call('tensorDepthwiseGrad', ...rows, count, outHeight, outWidth, padded, ...segments);
      });
      const side = outChannels * 4;
      const strides = [G, 0, 0, padded * 4, heap.at(out), 0, 0, side];
      heap.call('tensorCopy', ...strides, 1, 1, taps, outChannels, 0);
      return out;
    });
  },
});

/** Gradient of a depthwise convolution with respect to its input: one depthwise convolution for each phase of the stride. */
export const depthwiseInputGrad = heapKernel<DepthwiseAttrs & { inputShape: readonly number[] }>({
  name: 'DepthwiseConv2dNativeBackpropInput',
  takes,
  run({ tf, heap, inputs: { dy, filter }, attrs }) {
    const info = convInfoOf(tf, attrs.inputShape, filter.shape, attrs, attrs.dilations ?? 1, true);
    const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
    const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo } =
      info;
    const rows = phasesOf(inHeight, filterHeight, strideHeight, dilationHeight, padInfo.top);
    const columns = phasesOf(inWidth, filterWidth, strideWidth, dilationWidth, padInfo.left);
    const vertical = phaseBorder(rows, outHeight, dilationHeight);
    const horizontal = phaseBorder(columns, outWidth, dilationWidth);
    const times = outChannels / inChannels;
    const padded = roundUp(outChannels, 4);
    const frame = {
      ...{ height: vertical.length, top: vertical.before, width: horizontal.length, left: horizontal.before },
      channels: padded,
    };
    return heap.scratch((take) => {
      const out = heap.output(info.inShape);
      const direct = times === 1 && padded === inChannels;
      // The gradient of each output channel's own copy of its input channel; the copies are then added.
      const pixels = inHeight * inWidth;
      const each = direct ? heap.at(out) : take(batchSize * pixels * padded * 4);
      const target = stridesOf(each, inHeight, inWidth, padded);
      if (rows.concat(columns).some(({ taps }) => taps.length === 0)) heap.fill(each, batchSize * target.img);
      const from = stridesOf(heap.at(dy), outHeight, outWidth, outChannels);
      const weights = take(filterHeight * filterWidth * padded * 4);
      const bytes = 4 * padded * Math.max(frame.height * frame.width, pixels);
      inChunks(heap, batchSize, bytes, take, ({ first, count }, framed) => {
        const A = framed(from, outHeight, outWidth, outChannels, frame);
        for (const row of rows) {
          for (const column of columns) {
            if (row.taps.length * column.taps.length === 0) continue;
            row.taps.forEach((ky, i) =>
              column.taps.forEach((kx, j) => {
                const tap = heap.at(filter) + (ky * filterWidth + kx) * outChannels * 4;
                const to = weights + (i * column.taps.length + j) * padded * 4;
                const ends = [tap, 0, 0, 0, to, 0, 0, 0];
                heap.call('tensorCopy', ...ends, 1, 1, 1, outChannels, padded - outChannels);
              }),
            );
            const at =
              A.base + (vertical.before + row.from) * A.row + (horizontal.before + column.from) * A.pix;
            const base = each + first * target.img + row.first * target.row + column.first * target.pix;
            const to = [base, target.img, target.row * strideHeight, target.pix * strideWidth];
            const sizes = [count, row.count, column.count, padded];
            const segments = [
              row.taps.length,
              A.row * dilationHeight,
              column.taps.length,
              A.pix * dilationWidth,
            ];
            heap.call('tensorDepthwise', at, A.img, A.row, A.pix, weights, ...to, ...sizes, ...segments);
          }
        }
      });
      const channels = [inChannels, times, padded, inChannels, 1];
      if (!direct) heap.call('tensorChannels', each, heap.at(out), batchSize * pixels, ...channels);
      return out;
    });
  },
});
