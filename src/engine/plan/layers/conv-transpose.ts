import { activate, activateGrad, activationOfLayer } from '../activations';
import { rowsOf, type PlanContext } from '../context';
import { padded, viewArgs, type Shape, type View } from '../layout';
import { emitBiasGrad, emitProduct, emitProductGrad, segmentsOf } from '../product';
import { float } from '../program';
import type { Value } from '../value';
import { linesOf, panelsOf } from './params';
import { emitInputProduct, phaseBorder } from './phases';
import type { LayerRule, TfLayer } from './rule';
import { computeShape } from './reshaping';
import { borderOf, tapsOf, windowOf, windowView, type Window } from './window';

/** The window, which stands on the output. TensorFlow.js ignores the layer's dilation. */
function windowOver(layer: TfLayer, [h, w, c]: Shape): Window {
  const [height, width, units] = computeShape(layer, [h, w, c]);
  return windowOf(layer, [height, width, units], false);
}

/** The input with the border that the window asks for and, since the weight gradient takes whole pixels, zeros filling those up. */
function prepared(context: PlanContext, x: Value, window: Window): View {
  const [h, w, c] = x.shape;
  if (c % 8 === 0) return x.view;
  const { view } = context.output(x.dims, { inner: phaseBorder(window), zeros: true });
  context.emit('copy', [...viewArgs(x.view), ...viewArgs(view), rowsOf, h, w, c, float(1), 0, 0]);
  return view;
}

/** The input gradient of a convolution, as a layer. */
export const convTranspose: LayerRule = {
  classes: ['Conv2DTranspose'],
  borders: (layer, [shape]) => [phaseBorder(windowOver(layer, shape))],
  plan(context, layer, [x]) {
    const window = windowOver(layer, x.shape);
    const dims = computeShape(layer, x.dims);
    const units = dims[2];
    const channels = x.shape[2];
    const taps = tapsOf(window);
    const kernel = panelsOf(context, layer, 'kernel', taps * units)!;
    const bias = linesOf(context, layer, 'bias', 1);
    const activation = activationOfLayer(layer);
    const relu = activation.name === 'relu';
    const trained = Boolean(kernel.gradient ?? bias?.gradient);
    const y = context.output(dims, {
      needsGrad: x.needsGrad || trained,
      gradLayout: { channels: padded(units), border: borderOf(window), stepX: 1, stepY: 1 },
      rectified: relu,
    });
    const from = prepared(context, x, window);
    emitInputProduct(context, {
      ...{ window, kernel, dy: from, units: channels, to: y.view, shape: y.shape, relu },
      ...(bias && { bias: bias.place }),
    });
    const saved = activate(context, activation, y, relu);
    if (!y.needsGrad) return [y];
    const flops = 2 * x.shape[0] * x.shape[1] * taps * channels * units;
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      if (!context.isFused(y) && !context.isCut(y)) activateGrad(context, activation, saved, dy, dy, y);
      const segments = segmentsOf(dy, [window.y.kernel, window.x.kernel], [1, 1], units);
      const under = windowView(dy, window);
      if (kernel.gradient) emitProductGrad(context, under, segments, from, x.shape, kernel.gradient, flops);
      if (bias?.gradient) emitBiasGrad(context, dy, y.shape, bias.gradient);
      if (!x.needsGrad) return;
      const { view, ...target } = context.gradFor(x, { cuts: true });
      emitProduct(context, {
        ...{ from: under, segments, weights: kernel.place, to: view, shape: x.shape, flops },
        ...target,
      });
    });
    return [y];
  },
};
