import { rowsOf } from '../context';
import { loopArgs, pixelLoop } from '../layout';
import { float } from '../program';
import type { LayerRule } from './rule';

/** A vector at each step of a sequence. */
export const repeatVector: LayerRule = {
  classes: ['RepeatVector'],
  plan(context, layer, [input]) {
    const { n: steps } = layer as unknown as { n: number };
    const x = context.even(input);
    const y = context.output([steps, x.shape[2]], { needsGrad: x.needsGrad });
    const spread = pixelLoop([{ ...x.view, pix: 0, row: 0 }, y.view], y.shape, y.channels);
    context.emit('copy', [...loopArgs(spread), float(1), 0, 0]);
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      const { view, add } = context.gradFor(x);
      const { channels } = x.gradLayout;
      context.emit('sumSteps', [dy.base, dy.img, dy.pix, view.base, view.img, rowsOf, steps, channels, add]);
    });
    return [y];
  },
};
