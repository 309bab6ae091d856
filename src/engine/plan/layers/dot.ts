import { rowsOf } from '../context';
import type { View } from '../layout';
import { Unplannable } from '../unplannable';
import type { LayerRule } from './rule';

/** The product of two vectors, or the cosine between them. */
export const dot: LayerRule = {
  classes: ['Dot'],
  plan(context, layer, [a, b]) {
    const { normalize } = layer as unknown as { normalize: boolean };
    if (a.dims.length !== 1 || b.dims.length !== 1)
      throw new Unplannable(layer.name, 'the dot product has a kernel for vectors alone');
    const units = a.dims[0];
    const cosine = normalize ? 1 : 0;
    const y = context.output([1], { needsGrad: a.needsGrad || b.needsGrad });
    const args = ({ base, img }: View): [View['base'], number] => [base, img];
    context.emit(
      'dotRows',
      [...args(a.view), ...args(b.view), ...args(y.view), rowsOf, units, y.channels, cosine],
      { flops: 2 * units },
    );
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      for (const [value, other] of [
        [a, b],
        [b, a],
      ]) {
        if (!value.needsGrad) continue;
        const { view, add } = context.gradFor(value);
        const { channels } = value.gradLayout;
        context.emit('dotGrad', [
          ...[value.view, other.view, dy, view].flatMap(args),
          ...[rowsOf, units, channels, cosine, add],
        ]);
      }
    });
    return [y];
  },
};
