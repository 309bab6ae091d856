import { Unplannable } from '../unplannable';
import { wrappedLayer, type LayerRule, type TfLayer } from './rule';

/** Layers that do the same to each step when they are given the whole sequence: they work on the last side, or on each number. */
const STEPWISE: readonly string[] = [
  'Activation',
  'AlphaDropout',
  'Dense',
  'Dropout',
  'ELU',
  'GaussianDropout',
  'GaussianNoise',
  'LeakyReLU',
  'ReLU',
  'Softmax',
  'ThresholdedReLU',
];

const shapeAfter = (layer: TfLayer, dims: readonly number[]): number[] =>
  (layer as unknown as { computeOutputShape(shape: (number | null)[]): (number | null)[] })
    .computeOutputShape([null, ...dims])
    .slice(1) as number[];

/** A layer applied to each step of a sequence; `ruleOf` gives the rule of the layer inside. */
export const timeDistributed = (ruleOf: (className: string) => LayerRule | undefined): LayerRule => ({
  classes: ['TimeDistributed'],
  passes(layer, training) {
    const inner = wrappedLayer(layer);
    return ruleOf(inner.getClassName())?.passes?.(inner, training) ?? false;
  },
  plan(context, layer, [x]) {
    const inner = wrappedLayer(layer);
    const name = inner.getClassName();
    if (name === 'Flatten' || name === 'Reshape') {
      const [steps, ...rest] = x.dims;
      return [context.reshaped(x, [steps, ...shapeAfter(inner, rest)])];
    }
    const rule = STEPWISE.includes(name) ? ruleOf(name) : undefined;
    if (!rule)
      throw new Unplannable(layer.name, `layers of class ${name} have no kernel for each step alone`);
    return rule.plan(context, inner, [x]);
  },
});
