import { activate, activateGrad, type Activation } from '../activations';
import type { PlanContext } from '../context';
import { plain, type View } from '../layout';
import type { Param } from '../param';
import { emitBiasGrad, emitProduct, emitProductGrad, segmentsOf } from '../product';
import type { Ref } from '../program';
import type { Value } from '../value';
import { emitInputProduct, phaseLayout } from './phases';
import { tapsOf, windowView, type Window } from './window';
import { suitsWinograd, winogradWay } from './winograd';

/** A convolution: kernel in panels of window · channels rows. */
export interface Convolution {
  readonly window: Window;
  readonly kernel: Param;
  readonly bias?: Param | undefined;
  readonly activation: Activation;
  /** Output without the batch; channels last. */
  readonly dims: readonly number[];
}

/** Where an input gradient goes, as `gradFor` of the context tells. */
export interface Target {
  readonly view: View;
  readonly add: number;
  readonly cut?: View;
}

/** How the three products of a convolution are made. */
export interface ConvolutionWay {
  forward(relu: boolean): void;
  weightGrad(dy: View, gradient: Ref): void;
  inputGrad(dy: View, target: Target): void;
}

/** Products of what the window gathers, for each of its places. */
function directWay(
  context: PlanContext,
  x: Value,
  y: Value,
  { window, kernel, bias }: Convolution,
): ConvolutionWay {
  const channels = x.shape[2];
  const units = y.shape[2];
  const size = [window.y.kernel, window.x.kernel] as const;
  const dilation = [window.y.dilation, window.x.dilation] as const;
  const flops = 2 * y.shape[0] * y.shape[1] * tapsOf(window) * channels * units;
  const from = windowView(x.view, window);
  const segments = segmentsOf(x.view, size, dilation, channels);
  return {
    forward: (relu) =>
      emitProduct(context, {
        from,
        segments,
        weights: kernel.place,
        ...(bias ? { bias: bias.place } : {}),
        to: y.view,
        shape: y.shape,
        relu,
        flops,
      }),
    weightGrad: (dy, gradient) => emitProductGrad(context, from, segments, dy, y.shape, gradient, flops),
    inputGrad(dy, { view, ...target }) {
      emitInputProduct(context, { window, kernel, dy, units, to: view, shape: x.shape, ...target });
    },
  };
}

/** Plans a convolution: by products of what the window gathers, or by Winograd where that pays. */
export function convolve(context: PlanContext, x: Value, conv: Convolution): Value {
  const { window, kernel, bias, activation, dims } = conv;
  const units = dims[dims.length - 1];
  const relu = activation.name === 'relu';
  const trained = Boolean(kernel.gradient ?? bias?.gradient);
  const y = context.output(dims, {
    needsGrad: x.needsGrad || trained,
    gradLayout: x.needsGrad ? phaseLayout(window, units) : plain(units),
    rectified: relu,
  });
  const way = (suitsWinograd(x, conv) ? winogradWay : directWay)(context, x, y, conv);
  way.forward(relu);
  const saved = activate(context, activation, y, relu);
  if (!y.needsGrad) return y;
  context.backward(() => {
    const dy = context.gradOf(y);
    if (!dy) return;
    if (!context.isFused(y) && !context.isCut(y)) activateGrad(context, activation, saved, dy, dy, y);
    if (kernel.gradient) way.weightGrad(dy, kernel.gradient);
    if (bias?.gradient) emitBiasGrad(context, dy, y.shape, bias.gradient);
    if (x.needsGrad) way.inputGrad(dy, context.gradFor(x, { cuts: true }));
  });
  return y;
}
