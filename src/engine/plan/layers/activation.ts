import { activateGrad, activationOf, activationOfLayer, isSoftmax, type Activation } from '../activations';
import { loopArgs, loopOver, pixelLoop, viewArgs } from '../layout';
import { float } from '../program';
import { Unplannable } from '../unplannable';
import type { LayerRule, TfLayer } from './rule';

function kindOf(layer: TfLayer, rank: number): Activation {
  const own = layer as unknown as {
    alpha?: number;
    maxValue?: number;
    axis?: number | number[];
    theta?: number;
  };
  switch (layer.getClassName()) {
    case 'ReLU':
      if (own.maxValue === undefined || own.maxValue === null) return activationOf('relu');
      return activationOf('cappedRelu', own.maxValue);
    case 'LeakyReLU':
      return activationOf('leakyRelu', own.alpha);
    case 'ELU':
      return activationOf('elu', own.alpha);
    case 'ThresholdedReLU':
      return activationOf('thresholdedRelu', own.theta);
    case 'Softmax':
      // TensorFlow.js counts the batch as side 0, and takes side 1 where none is given.
      if (![-1, rank].includes([own.axis ?? 1].flat()[0]) || [own.axis].flat().length > 1)
        throw new Unplannable(layer.name, 'a softmax over another side than the last has no kernel');
      return activationOf('softmax');
    default:
      return activationOfLayer(layer);
  }
}

/** A function of each number, or a softmax over the last side, as a layer of its own. */
export const activation: LayerRule = {
  classes: ['Activation', 'ReLU', 'LeakyReLU', 'ELU', 'ThresholdedReLU', 'Softmax'],
  plan(context, layer, [input]) {
    const kind = kindOf(layer, input.dims.length);
    const x = context.even(input);
    // Where nothing else takes the input, the gradient is worked on where it comes; a ReLU's often comes cut already.
    const inPlace = x === input && x.needsGrad && context.isSole(x);
    const y = context.output(x.dims, {
      needsGrad: x.needsGrad,
      ...(inPlace && { gradWith: x, rectified: kind.name === 'relu' }),
    });
    const softmax = isSoftmax(kind);
    if (input.mask && layer.getClassName() === 'Softmax')
      throw new Unplannable(layer.name, 'a softmax over positions that are masked has no kernel');
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
      const saved = kind.from === 'output' ? y.view : x.view;
      const left = context.isFused(y) || context.isCut(y) ? activationOf('linear') : kind;
      const { view, add } = inPlace ? { view: dy, add: 0 } : context.gradFor(x);
      activateGrad(context, left, saved, dy, view, x, add);
    });
    return [y];
  },
};
