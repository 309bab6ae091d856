import { padded, viewArgs } from '../layout';
import { rowsOf } from '../context';
import { isTrained, penaltyOf, weightOf, type LayerRule } from './rule';
import { shapeOf } from '../value';

/** ReLU whose slope below zero is trained, one for each place or shared along some sides. */
export const prelu: LayerRule = {
  classes: ['PReLU'],
  plan(context, layer, [input]) {
    const weight = weightOf(layer, 'alpha')!;
    const x = context.even(input);
    const [h, w, c] = shapeOf(weight.shape)!;
    const stride = padded(c);
    const alpha = context.param(
      weight,
      { kind: 'lines', rows: h * w, columns: c, stride },
      { trainable: isTrained(layer, weight), penalty: penaltyOf(layer, 'alphaRegularizer') },
    );
    const steps = [h < x.shape[0] ? 0 : w * stride * 4, w < x.shape[1] ? 0 : stride * 4];
    const narrow = c < x.shape[2] ? 1 : 0;
    const y = context.output(x.dims, {
      needsGrad: x.needsGrad || alpha.gradient !== null,
    });
    const counts = [rowsOf, x.shape[0], x.shape[1], x.channels];
    const slopes = [alpha.place, ...steps];
    context.emit('prelu', [...viewArgs(x.view), ...viewArgs(y.view), ...slopes, narrow, ...counts]);
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (!dy) return;
      const { view, add } = x.needsGrad ? context.gradFor(x) : { view: undefined, add: 0 };
      context.emit('preluGrad', [
        ...[x.view, dy].flatMap(viewArgs),
        ...(view ? viewArgs(view) : [0, 0, 0, 0]),
        ...[...slopes, alpha.gradient ?? 0, narrow, ...counts, add],
      ]);
    });
    return [y];
  },
};
