import { activate, activateGrad, activationOf, activationOfLayer, type Activation } from '../activations';
import { rowsOf, type PlanContext } from '../context';
import { NO_BORDER, padded, plain, shifted, viewArgs, type Border } from '../layout';
import type { Param } from '../param';
import { emitBiasGrad } from '../product';
import { at, type Arg } from '../program';
import type { Value } from '../value';
import { convolve } from './convolve';
import { linesOf, panelsOf, placeOf } from './params';
import { clearPhase, phaseLayout, phasePairs, phasePixels, type Phase } from './phases';
import type { LayerRule, TfLayer } from './rule';
import { borderOf, sideOf, tapsOf, windowOf, windowView, type Side, type Window } from './window';

/** Modes of the kernel, as in src/engine/kernels/micro.ts. */
const RELU = 2;
const CUT = 4;

const lastTap = ({ tap, taps }: Phase, { stride }: Side): number => tap + (taps - 1) * stride;

const multiplierOf = (layer: TfLayer): number =>
  (layer as unknown as { depthMultiplier: number }).depthMultiplier;

/** Each channel `times` times, in pixels of a multiple of 8 floats with a border. */
function repeated(context: PlanContext, x: Value, times: number, border: Border): Value {
  const [h, w, channels] = x.shape;
  const y = context.output([...x.dims.slice(0, -1), channels * times], {
    needsGrad: x.needsGrad,
    inner: border,
  });
  const sizes: Arg[] = [rowsOf, h, w, channels, times];
  context.emit('repeatChannels', [...viewArgs(x.view), ...viewArgs(y.view), ...sizes, y.channels]);
  if (y.needsGrad) {
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      const { view, add } = context.gradFor(x);
      const wide = x.gradLayout.channels;
      context.emit('repeatChannelsGrad', [...viewArgs(dy), ...viewArgs(view), ...sizes, wide, add]);
    });
  }
  return y;
}

interface Depthwise {
  readonly window: Window;
  readonly kernel: Param;
  readonly bias?: Param | undefined;
  readonly activation: Activation;
  readonly dims: readonly number[];
  /** The value stays inside of its layer. */
  readonly inner?: boolean;
}

/** Plans a convolution of each channel by itself; x has the border that the window asks for. */
function convolveChannels(context: PlanContext, x: Value, conv: Depthwise): Value {
  const { window, kernel, bias, activation, dims, inner } = conv;
  const channels = dims[dims.length - 1];
  const columns = padded(channels);
  const relu = activation.name === 'relu';
  const y = context.output(dims, {
    needsGrad: x.needsGrad || Boolean(kernel.gradient ?? bias?.gradient),
    gradLayout: x.needsGrad ? phaseLayout(window, channels) : plain(channels),
    rectified: relu,
    ...(inner && { inner: NO_BORDER }),
  });
  const flops = 2 * y.shape[0] * y.shape[1] * tapsOf(window) * channels;
  const line = columns * 4;
  const reach = ({ row, pix }: { row: number; pix: number }): Arg[] => [
    window.y.kernel,
    window.y.dilation * row,
    window.x.kernel,
    window.x.dilation * pix,
  ];
  const from = windowView(x.view, window);
  const counts: Arg[] = [rowsOf, window.y.out, window.x.out, columns];
  context.emit(
    'depthwise',
    [
      ...[
        ...viewArgs(from),
        kernel.place,
        window.x.kernel * line,
        line,
        ...viewArgs(y.view),
        placeOf(bias),
        ...counts,
      ],
      ...[...reach(x.view), relu ? RELU : 0],
    ],
    { flops },
  );
  const saved = activate(context, activation, y, relu);
  if (!y.needsGrad) return y;
  context.backward(() => {
    const dy = context.gradOf(y);
    if (!dy) return;
    if (!context.isFused(y) && !context.isCut(y)) activateGrad(context, activation, saved, dy, dy, y);
    if (kernel.gradient) {
      context.emit(
        'depthwiseGrad',
        [...viewArgs(from), ...viewArgs(dy), kernel.gradient, line, ...counts, ...reach(x.view)],
        { flops },
      );
    }
    if (bias?.gradient) emitBiasGrad(context, dy, y.shape, bias.gradient);
    if (!x.needsGrad) return;
    const { view, add, cut } = context.gradFor(x, { cuts: true });
    for (const pair of phasePairs(window)) {
      const to = phasePixels(view, pair, window);
      if (pair.y.taps * pair.x.taps > 0) {
        const from = shifted(dy, pair.y.from, pair.x.from);
        const over = cut && phasePixels(cut, pair, window);
        const last = lastTap(pair.y, window.y) * window.x.kernel + lastTap(pair.x, window.x);
        context.emit(
          'depthwise',
          [
            ...[...viewArgs(from), at(kernel.place, last * line)],
            ...[-window.y.stride * window.x.kernel * line, -window.x.stride * line],
            ...[...viewArgs(to), 0, rowsOf, pair.y.count, pair.x.count, columns],
            ...[pair.y.taps, pair.y.step * dy.row, pair.x.taps, pair.x.step * dy.pix],
            ...[add | (over ? CUT : 0), ...(over ? viewArgs(over) : [])],
          ],
          { flops: 2 * pair.y.count * pair.x.count * pair.y.taps * pair.x.taps * channels },
        );
      } else if (!add) clearPhase(context, to, pair, channels);
    }
  });
  return y;
}

/** The layer's input as `convolveChannels` wants it. */
function prepared(context: PlanContext, layer: TfLayer, x: Value, window: Window): Value {
  const times = multiplierOf(layer);
  return times === 1 && x.channels % 8 === 0 ? x : repeated(context, x, times, borderOf(window));
}

const placesOf = ({ y, x }: Window): number[] => [y.out, x.out];

/** Convolutions of each channel by itself. TensorFlow.js ignores the layer's dilation, and so is it here. */
export const depthwiseConv: LayerRule = {
  classes: ['DepthwiseConv2D'],
  borders: (layer, [shape]) => [borderOf(windowOf(layer, shape, false))],
  plan(context, layer, [input]) {
    const window = windowOf(layer, input.shape, false);
    const x = prepared(context, layer, input, window);
    return [
      convolveChannels(context, x, {
        window,
        kernel: linesOf(context, layer, 'depthwiseKernel', tapsOf(window))!,
        bias: linesOf(context, layer, 'bias', 1),
        activation: activationOfLayer(layer),
        dims: [...placesOf(window), x.shape[2]],
      }),
    ];
  },
};

/** A convolution of each channel by itself, then one of all channels of a pixel. */
export const separableConv: LayerRule = {
  classes: ['SeparableConv2D'],
  borders: (layer, [shape]) => [borderOf(windowOf(layer, shape))],
  plan(context, layer, [input]) {
    const window = windowOf(layer, input.shape);
    const x = prepared(context, layer, input, window);
    const channels = x.shape[2];
    const between = convolveChannels(context, x, {
      window,
      kernel: linesOf(context, layer, 'depthwiseKernel', tapsOf(window))!,
      activation: activationOf('linear'),
      dims: [...placesOf(window), channels],
      inner: true,
    });
    const pointwise = panelsOf(context, layer, 'pointwiseKernel', channels)!;
    return [
      convolve(context, between, {
        window: {
          y: sideOf(window.y.out, 1, 1, 1, 'valid'),
          x: sideOf(window.x.out, 1, 1, 1, 'valid'),
        },
        kernel: pointwise,
        bias: linesOf(context, layer, 'bias', 1),
        activation: activationOfLayer(layer),
        dims: [...placesOf(window), pointwise.pack.columns],
      }),
    ];
  },
};
