import { activationOfLayer } from '../activations';
import { convolve } from './convolve';
import { linesOf, panelsOf } from './params';
import type { LayerRule } from './rule';
import { borderOf, tapsOf, windowOf } from './window';

/** Convolutions of images and sequences. */
export const conv: LayerRule = {
  classes: ['Conv1D', 'Conv2D'],
  borders: (layer, [shape]) => [borderOf(windowOf(layer, shape))],
  plan(context, layer, [x]) {
    const window = windowOf(layer, x.shape);
    const rows = tapsOf(window) * x.shape[2];
    const kernel = panelsOf(context, layer, 'kernel', rows)!;
    const places = x.dims.length === 2 ? [window.x.out] : [window.y.out, window.x.out];
    return [
      convolve(context, x, {
        window,
        kernel,
        bias: linesOf(context, layer, 'bias', 1),
        activation: activationOfLayer(layer),
        dims: [...places, kernel.pack.columns],
      }),
    ];
  },
};
