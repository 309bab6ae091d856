import { draw, type Draws } from '../draws';
import type { PlanContext } from '../context';
import { loopArgs, loopOver, viewArgs, type View } from '../layout';
import { float } from '../program';
import type { Value } from '../value';
import type { LayerRule, TfLayer } from './rule';

/** The numbers of src/engine/kernels/combine.ts. */
const ADD = 0;
const MULTIPLY = 1;

/** The deviation of a layer's noise; 0 where it does nothing. */
function deviationOf(layer: TfLayer): number {
  const { rate = 0, stddev = 0 } = layer as unknown as { rate?: number; stddev?: number };
  if (layer.getClassName() === 'GaussianNoise') return stddev;
  return rate > 0 && rate < 1 ? Math.sqrt(rate / (1 - rate)) : 0;
}

function join(
  context: PlanContext,
  kind: number,
  x: View,
  { base, view }: Draws,
  y: View,
  { shape }: Value,
  channels: number,
  add: number,
): void {
  const { views, counts } = loopOver([x, view, y], shape, channels);
  const [a, b, to] = views;
  context.emit(
    'combine',
    [kind, ...viewArgs(a), base, ...viewArgs(b).slice(1), ...viewArgs(to), ...counts, add],
    { touches: [view.base.buf] },
  );
}

/** Normal noise added to each number while training, or each number multiplied by normal noise around 1. */
export const noise: LayerRule = {
  classes: ['GaussianNoise', 'GaussianDropout'],
  passes: (layer, training) => !training || !(deviationOf(layer) > 0),
  plan(context, layer, [input]) {
    if (this.passes!(layer, context.training)) return [context.passed(input)];
    const adds = layer.getClassName() === 'GaussianNoise';
    const x = context.even(input);
    const y = context.output(x.dims, { needsGrad: x.needsGrad });
    const draws = draw(context, x.shape, {
      kernel: 'normals',
      group: 16,
      bytes: 64,
      rest: [float(adds ? 0 : 1), float(deviationOf(layer))],
    });
    join(context, adds ? ADD : MULTIPLY, x.view, draws, y.view, x, x.channels, 0);
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      const { view, add } = context.gradFor(x);
      const { channels } = x.gradLayout;
      if (adds) {
        const loop = loopOver([dy, view], x.shape, channels);
        context.emit('copy', [...loopArgs(loop), float(1), add, 0]);
      } else join(context, MULTIPLY, dy, draws, view, x, channels, add);
    });
    return [y];
  },
};
