import { activateGrad, activationOf, activationOfLayer, isSoftmax, type Activation } from '../activations';
import { loopArgs, loopOver, pixelLoop, viewArgs } from '../layout';
import { float } from '../program';
import { Unplannable } from '../unplannable';
import type { LayerRule, TfLayer } from './rule';

function kindOf(layer: TfLayer): Activation {
  const own = layer as unknown as { alpha?: number; maxValue?: number; axis?: number; theta?: number };
  switch (layer.getClassName()) {
    case 'ReLU':
      if (own.maxValue === undefined || own.maxValue === null) return activationOf('relu');
      if (own.maxValue === 6) return activationOf('relu6');
      throw new Unplannable(layer.name, `a ReLU cut at ${own.maxValue} has no kernel`);
    case 'LeakyReLU':
      return activationOf('leakyRelu', own.alpha);
    case 'ELU':
      return activationOf('elu', own.alpha);
    case 'Softmax':
      if (own.axis !== -1)
        throw new Unplannable(layer.name, 'a softmax over another side than the last has no kernel');
      return activationOf('softmax');
    default:
      return activationOfLayer(layer);
  }
}

/** A function of each number, or a softmax over the last side, as a layer of its own. */
export const activation: LayerRule = {
  classes: ['Activation', 'ReLU', 'LeakyReLU', 'ELU', 'Softmax'],
  plan(context, layer, [input]) {
    const kind = kindOf(layer);
    const x = context.even(input);
    const y = context.output(x.dims, { needsGrad: x.needsGrad, mask: input.mask });
    const softmax = isSoftmax(kind);
    if (softmax) {
      const { views, counts } = pixelLoop([x.view, y.view], x.shape, x.channels);
      context.emit('softmax', [...views.flatMap(viewArgs), ...counts, x.shape[2]]);
    } else {
      const loop = loopOver([x.view, y.view], x.shape, x.channels);
      context.emit('activate', [kind.kind, ...loopArgs(loop), float(kind.alpha)]);
    }
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      const { view, add } = context.gradFor(x);
      const fused = context.isFused(y);
      const saved = kind.from === 'output' ? y.view : x.view;
      const linear = fused ? activationOf('linear') : kind;
      activateGrad(context, linear, saved, dy, view, x, add);
    });
    return [y];
  },
};
