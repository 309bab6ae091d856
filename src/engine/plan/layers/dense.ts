import { activate, activateGrad, activationOfLayer, isSoftmax } from '../activations';
import { padded, pixelLoop, viewArgs } from '../layout';
import { isTrained, penaltyOf, weightOf, type LayerRule } from './rule';

const RELU = 2;

/** y = f(x · W + b), over the last side. */
export const dense: LayerRule = {
  classes: ['Dense'],
  plan(context, layer, [x]) {
    const kernel = weightOf(layer, 'kernel')!;
    const biasWeight = weightOf(layer, 'bias');
    const [inputs, units] = kernel.shape as readonly number[];
    const activation = activationOfLayer(layer);
    const w = context.param(
      kernel,
      { kind: 'panels', rows: inputs, columns: units },
      {
        trainable: isTrained(layer, kernel),
        penalty: penaltyOf(layer, 'kernelRegularizer'),
      },
    );
    const bias =
      biasWeight &&
      context.param(
        biasWeight,
        { kind: 'lines', rows: 1, columns: units, stride: padded(units) },
        {
          trainable: isTrained(layer, biasWeight),
          penalty: penaltyOf(layer, 'biasRegularizer'),
        },
      );
    const trained = Boolean(w.gradient ?? bias?.gradient);
    const y = context.output([...x.dims.slice(0, -1), units], { needsGrad: x.needsGrad || trained });
    const columns = padded(units);
    const pixels = x.shape[0] * x.shape[1];
    const flops = 2 * pixels * inputs * units;
    const { views, counts } = pixelLoop([x.view, y.view], x.shape, columns);
    const relu = activation.name === 'relu';
    context.emit(
      'product',
      [
        ...viewArgs(views[0]),
        w.place,
        ...viewArgs(views[1]),
        bias ? bias.place : 0,
        counts[0],
        counts[1],
        counts[2],
        columns,
        ...[1, 0, 1, 0, inputs],
        relu ? RELU : 0,
      ],
      { flops },
    );
    const saved = activate(context, activation, y, relu);
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      if (
        !(isSoftmax(activation) && context.isFused(y)) &&
        !(activation.name === 'sigmoid' && context.isFused(y))
      )
        activateGrad(context, activation, saved, dy, dy, y);
      const loop = pixelLoop([x.view, dy], x.shape, columns);
      const [n, h, width] = loop.counts;
      if (w.gradient) {
        context.emit(
          'productGrad',
          [...loop.views.flatMap(viewArgs), w.gradient, n, h, width, columns, ...[1, 0, 1, 0, inputs]],
          { flops },
        );
      }
      if (bias?.gradient) {
        const over = pixelLoop([dy], y.shape, columns);
        context.emit('channelSum', [...viewArgs(over.views[0]), bias.gradient, ...over.counts]);
      }
      if (!x.needsGrad) return;
      const turned = context.turned(w, 1, inputs, units);
      const { view, add } = context.gradFor(x);
      const back = pixelLoop([dy, view], x.shape, columns);
      context.emit(
        'product',
        [
          ...viewArgs(back.views[0]),
          turned,
          ...viewArgs(back.views[1]),
          0,
          back.counts[0],
          back.counts[1],
          back.counts[2],
          padded(inputs),
          ...[1, 0, 1, 0, units],
          add,
        ],
        { flops },
      );
    });
    return [y];
  },
};
