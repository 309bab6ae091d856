import type { PlanContext } from './context';
import { padded, pixelLoop, viewArgs, type Shape, type View } from './layout';
import { ref, type Arg, type Ref } from './program';

/** What a kernel of src/engine/kernels/matmul.ts gathers for one row: segments of numbers side by side. Strides in bytes. */
export interface Segments {
  readonly segY: number;
  readonly strideY: number;
  readonly segX: number;
  readonly strideX: number;
  readonly length: number;
}

/** The pixel itself. */
export const onePixel = (channels: number): Segments => ({
  segY: 1,
  strideY: 0,
  segX: 1,
  strideX: 0,
  length: channels,
});

/** The pixels of a window with `channels` real floats each; neighbours without a gap become one segment. */
export function segmentsOf(
  view: View,
  kernel: readonly [y: number, x: number],
  dilation: readonly [y: number, x: number],
  channels: number,
): Segments {
  const strideY = dilation[0] * view.row;
  const strideX = dilation[1] * view.pix;
  const joined = kernel[1] === 1 || strideX === channels * 4;
  return joined
    ? { segY: kernel[0], strideY, segX: 1, strideX: 0, length: kernel[1] * channels }
    : { segY: kernel[0], strideY, segX: kernel[1], strideX, length: channels };
}

const segmentArgs = ({ segY, strideY, segX, strideX, length }: Segments): Arg[] => [
  segY,
  strideY,
  segX,
  strideX,
  length,
];

/** Bits of the mode, as in src/engine/kernels/modes.ts. */
const ADD = 1;
const RELU = 2;
const CUT = 4;

/** As in src/engine/kernels/sift.ts. */
const LISTS = 8192;
/** Rows of fewer numbers are not worth listing. */
const SHORT = 32;

/** Where the numbers of rows that are not zero are listed; undefined where several segments make a row, or it is short. */
function listsFor(context: PlanContext, { segY, segX, length }: Segments): Ref | undefined {
  if (segY * segX > 1 || length < SHORT) return undefined;
  return ref(context.buffer('numbers that are not zero', () => Math.max(LISTS, 8 * length + 64)));
}

export interface Product {
  readonly from: View;
  readonly segments: Segments;
  readonly weights: Ref;
  readonly bias?: Ref;
  readonly to: View;
  /** Images of the output; its channels are the real ones. */
  readonly shape: Shape;
  readonly relu?: boolean;
  readonly add?: number;
  /** Zeros where this image is not positive. */
  readonly cut?: View;
  readonly flops: number;
}

/** Emits to = from · weights (+ bias), by what the segments gather for each pixel. */
export function emitProduct(context: PlanContext, product: Product): void {
  const { from, segments, weights, bias, to, shape, relu, add = 0, cut, flops } = product;
  const columns = padded(shape[2]);
  const { views, counts } = pixelLoop(cut ? [from, to, cut] : [from, to], shape, columns);
  const lists = listsFor(context, segments);
  context.emit(
    lists ? 'sparseProduct' : 'product',
    [
      ...viewArgs(views[0]),
      weights,
      ...viewArgs(views[1]),
      bias ?? 0,
      ...counts,
      ...segmentArgs(segments),
      (add * ADD) | (relu ? RELU : 0) | (cut ? CUT : 0),
      ...(cut ? viewArgs(views[2]) : [0, 0, 0, 0]),
      ...(lists ? [lists] : []),
    ],
    { flops },
  );
}

/** Emits a weight gradient; `words` are those of the kernel `productGrad` up to its columns. */
export function emitGradient(
  context: PlanContext,
  words: readonly Arg[],
  segments: Segments,
  flops: number,
): void {
  const lists = listsFor(context, segments);
  const args = [...words, ...segmentArgs(segments), ...(lists ? [lists] : [])];
  context.emit(lists ? 'sparseProductGrad' : 'productGrad', args, { flops });
}

/** Emits the gradient of a product's weights, `dy` being the output's. */
export function emitProductGrad(
  context: PlanContext,
  from: View,
  segments: Segments,
  dy: View,
  shape: Shape,
  gradient: Ref,
  flops: number,
): void {
  const { views, counts } = pixelLoop([from, dy], shape, padded(shape[2]));
  emitGradient(context, [...views.flatMap(viewArgs), gradient, ...counts], segments, flops);
}

/** Emits the gradient of a bias. */
export function emitBiasGrad(context: PlanContext, dy: View, shape: Shape, gradient: Ref): void {
  const { views, counts } = pixelLoop([dy], shape, padded(shape[2]));
  context.emit('channelSum', [...viewArgs(views[0]), gradient, ...counts]);
}
