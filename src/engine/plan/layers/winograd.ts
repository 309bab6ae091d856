import { rowsOf, type PlanContext } from '../context';
import { viewArgs, type Shape, type View } from '../layout';
import type { Param } from '../param';
import { ref, type Arg, type Ref } from '../program';
import type { Value } from '../value';
import type { Convolution, ConvolutionWay } from './convolve';
import { placeOf } from './params';
import { turnedView } from './phases';
import { windowView } from './window';

/** Tiles whose transformed inputs and products are at work together: they are to stay in the second cache. */
const GROUP = 32;
/** Places of a transformed tile, floats between their planes and of the scratch, as in src/engine/kernels/winograd.ts. */
const PLACES = 36;
const GAP = 16;
const SCRATCH = 2 * 36 * 4;
const RELU = 2;
const CUT = 4;

/** Fewer channels do not pay for the transforms, nor do images that tiles of 4 × 4 cover badly. */
const LEAST_CHANNELS = 8;
const MOST_WASTE = 1.7;

/** Whether a convolution may and should go by Winograd: its rounding error is twice that of products (see docs/engine.md). */
export function suitsWinograd(x: Value, { window, dims }: Convolution): boolean {
  const units = dims[dims.length - 1];
  const three = [window.y, window.x].every(
    ({ kernel, stride, dilation }) => kernel === 3 && stride === 1 && dilation === 1,
  );
  if (!three) return false;
  const waste = [window.y.out, window.x.out].map((out) => (Math.ceil(out / 4) * 4) / out);
  return (
    [x.shape[2], units].every((channels) => channels % 8 === 0 && channels >= LEAST_CHANNELS) &&
    waste[0] * waste[1] <= MOST_WASTE
  );
}

/** 3 × 3 products by tiles of 4 × 4 outputs. */
export function winogradWay(
  context: PlanContext,
  x: Value,
  y: Value,
  { window, kernel, bias }: Convolution,
): ConvolutionWay {
  const channels = x.shape[2];
  const units = y.shape[2];
  const flops = 2 * y.shape[0] * y.shape[1] * 9 * channels * units;
  const from = windowView(x.view, window);
  const planes = (label: string, floats: number): Ref =>
    ref(context.buffer(label, () => PLACES * (GROUP * floats + GAP) * 4));
  const scratch = (): Ref => ref(context.buffer('scratch', () => SCRATCH * 4));
  /** Weights in their 36 places; the kernel that makes them finds its scratch behind them. */
  const transformed = (weights: Ref, param: Param, k: number, n: number, label: string): Ref => {
    const bytes = PLACES * k * n * 4;
    return context.derived(param, label, bytes + SCRATCH * 4, (place) => ({
      kernel: 'winogradWeights',
      args: [weights, place, k, n, { buf: place.buf, offset: place.offset + bytes }],
    }));
  };
  const emit = (
    view: View,
    weights: Ref,
    shift: Arg,
    to: View,
    shape: Shape,
    k: number,
    mode: number,
    cut?: View,
  ): void =>
    context.emit(
      'winograd',
      [
        ...[...viewArgs(view), weights, shift, ...viewArgs(to), rowsOf, shape[0], shape[1]],
        ...[k, shape[2], mode, ...(cut ? viewArgs(cut) : [0, 0, 0, 0])],
        ...[planes('tiles', k), planes('products', shape[2]), scratch(), GROUP],
      ],
      { flops },
    );
  return {
    forward(relu) {
      const weights = transformed(kernel.place, kernel, channels, units, 'weights by place');
      emit(from, weights, placeOf(bias), y.view, y.shape, channels, relu ? RELU : 0);
    },
    weightGrad(dy, gradient) {
      const own = context.buffer('gradients by place', () => PLACES * channels * units * 4);
      context.emit(
        'winogradGrad',
        [
          ...[...viewArgs(from), ...viewArgs(dy), gradient, rowsOf, y.shape[0], y.shape[1]],
          ...[channels, units, ref(own), planes('tiles', channels), planes('gradients', units)],
          ...[scratch(), GROUP],
        ],
        { flops },
      );
    },
    inputGrad(dy, { view, add, cut }) {
      const turned = context.turned(kernel, 9, channels, units);
      const weights = transformed(turned, kernel, units, channels, 'turned weights by place');
      emit(turnedView(dy, window), weights, 0, view, x.shape, units, add | (cut ? CUT : 0), cut);
    },
  };
}
