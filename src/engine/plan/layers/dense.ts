import { activate, activateGrad, activationOfLayer } from '../activations';
import { along, rowsOf } from '../context';
import { float } from '../program';
import { emitBiasGrad, emitProduct, emitProductGrad, onePixel } from '../product';
import { linesOf, panelsOf } from './params';
import type { LayerRule } from './rule';

/** y = f(x · W + b), over the last side. */
export const dense: LayerRule = {
  classes: ['Dense'],
  plan(context, layer, [x]) {
    const inputs = x.shape[2];
    const kernel = panelsOf(context, layer, 'kernel', inputs)!;
    const bias = linesOf(context, layer, 'bias', 1);
    const units = kernel.pack.columns;
    const activation = activationOfLayer(layer);
    const relu = activation.name === 'relu';
    const trained = Boolean(kernel.gradient ?? bias?.gradient);
    const y = context.output([...x.dims.slice(0, -1), units], {
      needsGrad: x.needsGrad || trained,
      rectified: relu,
    });
    const flops = 2 * x.shape[0] * x.shape[1] * inputs * units;
    const segments = onePixel(inputs);
    emitProduct(context, {
      from: x.view,
      segments,
      weights: kernel.place,
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
      const norms = context.normsPlace(y);
      if (norms && x.shape[0] * x.shape[1] === 1) {
        context.emit(
          'exampleNorms',
          [
            ...[x.view.base, x.view.img, inputs, dy.base, dy.img, units, bias ? 1 : 0],
            rowsOf,
            float(({ batch }) => batch),
            along(norms, 4),
          ],
          { watch: true },
        );
      }
      if (kernel.gradient) emitProductGrad(context, x.view, segments, dy, y.shape, kernel.gradient, flops);
      if (bias?.gradient) emitBiasGrad(context, dy, y.shape, bias.gradient);
      if (!x.needsGrad) return;
      const { view, add, cut } = context.gradFor(x, { cuts: true });
      emitProduct(context, {
        from: dy,
        segments: onePixel(units),
        weights: context.turned(kernel, 1, inputs, units),
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
