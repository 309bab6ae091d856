import { activate, activateGrad, type Activation } from '../activations';
import type { PlanContext } from '../context';
import { plain } from '../layout';
import type { Param } from '../param';
import { emitBiasGrad, emitProduct, emitProductGrad, segmentsOf } from '../product';
import type { Value } from '../value';
import { spacedLayout, tapsOf, turnedView, windowView, type Window } from './window';

/** A convolution: kernel in panels of window · channels rows. */
export interface Convolution {
  readonly window: Window;
  readonly kernel: Param;
  readonly bias?: Param | undefined;
  readonly activation: Activation;
  /** Output without the batch; channels last. */
  readonly dims: readonly number[];
}

/** Plans a direct convolution: a product of what the window gathers, for each of its places. */
export function convolve(context: PlanContext, x: Value, conv: Convolution): Value {
  const { window, kernel, bias, activation, dims } = conv;
  const channels = x.shape[2];
  const units = dims[dims.length - 1];
  const relu = activation.name === 'relu';
  const trained = Boolean(kernel.gradient ?? bias?.gradient);
  const y = context.output(dims, {
    needsGrad: x.needsGrad || trained,
    gradLayout: x.needsGrad ? spacedLayout(window, units) : plain(units),
    rectified: relu,
  });
  const size = [window.y.kernel, window.x.kernel] as const;
  const dilation = [window.y.dilation, window.x.dilation] as const;
  const flops = 2 * y.shape[0] * y.shape[1] * tapsOf(window) * channels * units;
  const from = windowView(x.view, window);
  const segments = segmentsOf(x.view, size, dilation, channels);
  emitProduct(context, {
    from,
    segments,
    weights: kernel.place,
    ...(bias ? { bias: bias.place } : {}),
    to: y.view,
    shape: y.shape,
    relu,
    flops,
  });
  const saved = activate(context, activation, y, relu);
  if (!y.needsGrad) return y;
  context.backward(() => {
    const dy = context.gradOf(y);
    if (!dy) return;
    if (!context.isFused(y) && !context.isCut(y)) activateGrad(context, activation, saved, dy, dy, y);
    if (kernel.gradient) emitProductGrad(context, from, segments, dy, y.shape, kernel.gradient, flops);
    if (bias?.gradient) emitBiasGrad(context, dy, y.shape, bias.gradient);
    if (!x.needsGrad) return;
    const turned = turnedView(dy, window);
    const { view, add, cut } = context.gradFor(x, { cuts: true });
    emitProduct(context, {
      from: turned,
      segments: segmentsOf(turned, size, dilation, units),
      weights: context.turned(kernel, tapsOf(window), channels, units),
      to: view,
      shape: x.shape,
      add,
      ...(cut ? { cut } : {}),
      flops,
    });
  });
  return y;
}
