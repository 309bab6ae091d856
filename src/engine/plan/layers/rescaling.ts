import { loopArgs, loopOver } from '../layout';
import { float } from '../program';
import type { LayerRule } from './rule';

/** y = scale · x + offset. */
export const rescaling: LayerRule = {
  classes: ['Rescaling'],
  plan(context, layer, [input]) {
    const { scale, offset } = layer as unknown as { scale: number; offset: number };
    const x = context.even(input);
    const y = context.output(x.dims, { needsGrad: x.needsGrad });
    const loop = loopOver([x.view, y.view], x.shape, x.channels);
    context.emit('affine', [...loopArgs(loop), float(scale), float(offset)]);
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      const { view, add } = context.gradFor(x);
      const back = loopOver([dy, view], x.shape, x.gradLayout.channels);
      context.emit('copy', [...loopArgs(back), float(scale), add, 0]);
    });
    return [y];
  },
};
