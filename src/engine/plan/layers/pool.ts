import { rowsOf, type PlanContext } from '../context';
import { loopArgs, loopOver, viewArgs } from '../layout';
import { float, type Arg } from '../program';
import { Unplannable } from '../unplannable';
import type { Value } from '../value';
import type { LayerRule, TfLayer } from './rule';
import { sideOf, windowOf, type Window } from './window';

type Kind = 'max' | 'average';

/** Flags of the gradients in src/engine/kernels/pool-grad.ts. */
const CUT = 2;
const ALL = 4;

/** Plans a pool; `all` gives the gradient of a maximum to all cells that hold it, not to the first one alone. */
function pool(
  context: PlanContext,
  input: Value,
  kind: Kind,
  { y: down, x: across }: Window,
  dims: readonly number[],
  all = false,
): Value {
  const x = context.even(input);
  const y = context.output(dims, { needsGrad: x.needsGrad });
  const sizes: Arg[] = [rowsOf, down.out, across.out, x.channels];
  const window: Arg[] = [
    ...[down.size, across.size, down.kernel, across.kernel],
    ...[down.stride, across.stride, down.before, across.before],
  ];
  context.emit(`${kind}Pool`, [...viewArgs(x.view), ...viewArgs(y.view), ...sizes, ...window]);
  if (!y.needsGrad) return y;
  context.backward(() => {
    const dy = context.gradOf(y);
    if (!dy) return;
    const shared = kind === 'average' && y.dims.length === 1 ? context.sharedGradFor(x) : undefined;
    if (shared) {
      // All cells have the same gradient: it is written once.
      const loop = loopOver([dy, shared], [1, 1, x.channels], x.channels);
      context.emit('copy', [...loopArgs(loop), float(1 / (down.size * across.size)), 0, 0]);
      return;
    }
    const { view, add, cut } = context.gradFor(x, { cuts: true });
    const flags = add | (cut ? CUT : 0) | (all ? ALL : 0);
    const saved =
      kind === 'max' ? [...viewArgs(x.view), ...viewArgs(y.view)] : cut ? viewArgs(cut) : [0, 0, 0, 0];
    context.emit(`${kind}PoolGrad`, [
      ...saved,
      ...viewArgs(dy),
      ...viewArgs(view),
      ...sizes,
      ...window,
      flags,
    ]);
  });
  return y;
}

const kindOf = (layer: TfLayer): Kind => (layer.getClassName().includes('Max') ? 'max' : 'average');

/** The largest number, or the mean, of windows. */
export const pooling: LayerRule = {
  classes: ['MaxPooling1D', 'MaxPooling2D', 'AveragePooling1D', 'AveragePooling2D'],
  plan(context, layer, [x]) {
    const window = windowOf(layer, x.shape);
    const places = x.dims.length === 2 ? [window.x.out] : [window.y.out, window.x.out];
    return [pool(context, x, kindOf(layer), window, [...places, x.shape[2]])];
  },
};

/** The largest number, or the mean, of each channel. */
export const globalPooling: LayerRule = {
  classes: ['GlobalMaxPooling1D', 'GlobalMaxPooling2D', 'GlobalAveragePooling1D', 'GlobalAveragePooling2D'],
  plan(context, layer, [x]) {
    if ((layer as unknown as { dataFormat?: string }).dataFormat === 'channelsFirst')
      throw new Unplannable(layer.name, 'images with channels first have no kernel');
    const [h, w, c] = x.shape;
    const window = { y: sideOf(h, h, h, 1, 'valid'), x: sideOf(w, w, w, 1, 'valid') };
    // The gradient of TensorFlow.js' `max` goes to all cells that hold the maximum.
    return [pool(context, x, kindOf(layer), window, [c], true)];
  },
};
