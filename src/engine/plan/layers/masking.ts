import { rowsOf } from '../context';
import { float, ref } from '../program';
import { Unplannable } from '../unplannable';
import type { LayerRule } from './rule';

/** Steps whose numbers all equal the mask value become zeros and are marked to be skipped. */
export const masking: LayerRule = {
  classes: ['Masking'],
  plan(context, layer, [input]) {
    const [h, w, c] = input.shape;
    if (h > 1 || input.dims.length < 2)
      throw new Unplannable(layer.name, 'it has a kernel for sequences only');
    const x = context.even(input);
    const mask = ref(context.buffer('mask', (n) => n * w * 4));
    const value = (layer as unknown as { maskValue: number }).maskValue;
    context.emit('stepMask', [x.view.base, x.view.img, x.view.pix, mask, rowsOf, w, c, float(value)]);
    const y = context.output(x.dims, { needsGrad: x.needsGrad, mask });
    context.emit('maskSteps', [
      x.view.base,
      x.view.img,
      x.view.pix,
      y.view.base,
      y.view.img,
      y.view.pix,
      mask,
      rowsOf,
      w,
      x.channels,
      0,
    ]);
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      const { view, add } = context.gradFor(x);
      context.emit('maskSteps', [
        dy.base,
        dy.img,
        dy.pix,
        view.base,
        view.img,
        view.pix,
        mask,
        rowsOf,
        w,
        x.gradLayout.channels,
        add,
      ]);
    });
    return [y];
  },
};
