import { pixelLoop, viewArgs } from '../layout';
import { float, ref } from '../program';
import { Unplannable } from '../unplannable';
import { checkAxis } from './batch-normalization';
import { linesOf, placeOf } from './params';
import type { LayerRule } from './rule';

/** y = (x − mean) / √(variance + ε) · γ + β, mean and variance being those of each pixel. */
export const layerNormalization: LayerRule = {
  classes: ['LayerNormalization'],
  plan(context, layer, [input]) {
    const { axis, epsilon } = layer as unknown as { axis: number | readonly number[]; epsilon: number };
    const axes = typeof axis === 'number' ? [axis] : axis;
    if (axes.length !== 1)
      throw new Unplannable(layer.name, 'a normalisation over several sides has no kernel');
    checkAxis(layer, axes[0], input.dims.length);
    const x = context.even(input);
    const { shape, channels } = x;
    const pixels = shape[0] * shape[1];
    const gamma = linesOf(context, layer, 'gamma', 1);
    const beta = linesOf(context, layer, 'beta', 1);
    const trained = Boolean(gamma?.gradient ?? beta?.gradient);
    const y = context.output(x.dims, { needsGrad: x.needsGrad || trained, ...(x.mask && { mask: x.mask }) });
    const kept = context.buffer('means and deviations', (rows) => rows * pixels * 8);
    const { views, counts } = pixelLoop([x.view, y.view], shape, channels);
    context.emit('layerNorm', [
      ...[...views.flatMap(viewArgs), ...counts, shape[2]],
      ...[placeOf(gamma), placeOf(beta), float(epsilon), ref(kept)],
    ]);
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      const to = x.needsGrad ? context.gradFor(x, { cuts: true }) : undefined;
      const back = pixelLoop([x.view, dy, ...(to ? [to.view] : [])], shape, channels);
      context.emit('layerNormGrad', [
        ...[...back.views.flatMap(viewArgs), ...(to ? [] : [0, 0, 0, 0]), ...back.counts, shape[2]],
        ...[placeOf(gamma), gamma?.gradient ?? 0, beta?.gradient ?? 0, ref(kept)],
        ...[to?.add ?? 0, to?.cut ? 1 : 0],
      ]);
    });
    return [y];
  },
};
