import { activate, activateGrad, activationOfLayer } from '../activations';
import { rowsOf } from '../context';
import { imageBytes, padded, viewArgs, viewOf } from '../layout';
import { emitBiasGrad, emitProduct, emitProductGrad, segmentsOf } from '../product';
import { float } from '../program';
import { linesOf, panelsOf } from './params';
import type { LayerRule } from './rule';
import { computeShape } from './reshaping';
import { borderOf, spacedLayout, tapsOf, turnedView, windowOf, windowView } from './window';

/** The input gradient of a convolution, as a layer: the window stands on the output. */
export const convTranspose: LayerRule = {
  classes: ['Conv2DTranspose'],
  plan(context, layer, [x]) {
    const dims = computeShape(layer, x.dims);
    const [h, w, units] = dims;
    const window = windowOf(layer, [h, w, units], false);
    const channels = x.shape[2];
    const taps = tapsOf(window);
    const kernel = panelsOf(context, layer, 'kernel', taps * units)!;
    const bias = linesOf(context, layer, 'bias', 1);
    const activation = activationOfLayer(layer);
    const relu = activation.name === 'relu';
    const size = [window.y.kernel, window.x.kernel] as const;
    const dense = [1, 1] as const;
    const trained = Boolean(kernel.gradient ?? bias?.gradient);
    const y = context.output(dims, {
      needsGrad: x.needsGrad || trained,
      gradLayout: { channels: padded(units), border: borderOf(window), stepX: 1, stepY: 1 },
      rectified: relu,
    });
    const layout = spacedLayout(window, channels);
    const buf = context.buffer('spaced', (rows) => rows * imageBytes(x.shape, layout), { pinned: true });
    const spaced = viewOf(buf, x.shape, layout);
    const loop = [rowsOf, x.shape[0], x.shape[1], channels];
    context.emit('copy', [...viewArgs(x.view), ...viewArgs(spaced), ...loop, float(1), 0, 0]);
    const from = turnedView(spaced, window);
    const flops = 2 * x.shape[0] * x.shape[1] * taps * channels * units;
    emitProduct(context, {
      from,
      segments: segmentsOf(from, size, dense, channels),
      weights: context.turned(kernel, taps, units, channels),
      ...(bias ? { bias: bias.place } : {}),
      to: y.view,
      shape: y.shape,
      relu,
      flops,
    });
    const saved = activate(context, activation, y, relu);
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      if (!context.isFused(y) && !context.isCut(y)) activateGrad(context, activation, saved, dy, dy, y);
      const segments = segmentsOf(dy, size, dense, units);
      const under = windowView(dy, window);
      if (kernel.gradient) emitProductGrad(context, under, segments, spaced, x.shape, kernel.gradient, flops);
      if (bias?.gradient) emitBiasGrad(context, dy, y.shape, bias.gradient);
      if (!x.needsGrad) return;
      const { view, add, cut } = context.gradFor(x, { cuts: true });
      emitProduct(context, {
        from: under,
        segments,
        weights: kernel.place,
        to: view,
        shape: x.shape,
        add,
        ...(cut ? { cut } : {}),
        flops,
      });
    });
    return [y];
  },
};
