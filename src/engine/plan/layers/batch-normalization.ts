import type { PlanContext } from '../context';
import { pixelLoop, viewArgs, type View } from '../layout';
import type { Param } from '../param';
import { float, MOST_SLICES, ref, type Arg, type Buf } from '../program';
import { Unplannable } from '../unplannable';
import type { Value } from '../value';
import { linesOf, placeOf } from './params';
import type { LayerRule, TfLayer } from './rule';

interface Settings {
  readonly axis: number;
  readonly epsilon: number;
  readonly momentum: number;
}

/** Floats before the statistics of a slice, as in src/engine/kernels/norm.ts. */
const HEAD = 8;

interface Weights {
  readonly gamma: Param | undefined;
  readonly beta: Param | undefined;
  readonly mean: Param;
  readonly variance: Param;
}

/** Each slice's own part of memory that all can read: its place, for ops of the slice, and all parts as arguments. */
function partsOf(
  context: PlanContext,
  label: string,
  bytes: number,
): { own: (offset?: number) => Arg; all: Arg[] } {
  const buf = context.buffer(label, () => MOST_SLICES * bytes, { scope: 'shared' });
  return {
    own:
      (offset = 0) =>
      ({ index }) =>
        ref(buf, index * bytes + offset),
    all: [ref(buf), bytes, ({ count }) => count],
  };
}

/** Emits the coefficients from the statistics of the batch, and moves the averages towards those. */
function coefficientsOfBatch(
  context: PlanContext,
  x: Value,
  { gamma, beta, mean, variance }: Weights,
  { epsilon, momentum }: Settings,
  coefficients: Buf,
): void {
  const { channels } = x;
  const stats = partsOf(context, 'statistics', (HEAD + 2 * channels) * 4);
  const moments = context.buffer('mean and variance', () => channels * 8);
  const loop = pixelLoop([x.view], x.shape, channels);
  context.emit('batchStats', [...viewArgs(loop.views[0]), stats.own(), ...loop.counts]);
  context.meet();
  const means = ref(moments);
  const variances = ref(moments, channels * 4);
  context.emit('batchCoefficients', [
    ...[...stats.all, placeOf(gamma), placeOf(beta), ref(coefficients)],
    ...[means, variances, x.shape[2], channels, float(epsilon)],
  ]);
  // The variance that is averaged is that of the batch, not the unbiased one; frozen layers move theirs too: so TensorFlow.js does.
  const rate = float(1 - momentum);
  context.emit('moveAverage', [mean.place, means, channels, rate], { slice: 0 });
  context.emit('moveAverage', [variance.place, variances, channels, rate], { slice: 0 });
}

function backward(
  context: PlanContext,
  x: Value,
  dy: View,
  { gamma, beta }: Weights,
  coefficients: Buf,
): void {
  const { channels, shape } = x;
  const sums = partsOf(context, 'sums of gradients', channels * 8);
  const loop = pixelLoop([x.view, dy], shape, channels);
  context.emit('batchGradSums', [
    ...[...loop.views.flatMap(viewArgs), ...loop.counts],
    ...[ref(coefficients), sums.own()],
  ]);
  if (beta?.gradient) context.emit('accumulate', [beta.gradient, sums.own(), channels]);
  if (gamma?.gradient) context.emit('accumulate', [gamma.gradient, sums.own(channels * 4), channels]);
  if (!x.needsGrad) return;
  context.meet();
  const means = context.buffer('means of gradients', () => channels * 8);
  const share = float(({ batch }) => 1 / (batch * shape[0] * shape[1]));
  context.emit('batchGradMeans', [...sums.all, ref(coefficients), ref(means), channels, share]);
  const { view, add, cut } = context.gradFor(x, { cuts: true });
  const back = pixelLoop([x.view, dy, view], shape, channels);
  context.emit('batchNormGrad', [
    ...[...back.views.flatMap(viewArgs), ...back.counts],
    ...[ref(coefficients), ref(means), add, cut ? 1 : 0],
  ]);
}

/** Throws where a layer normalises over another side than the last. */
export function checkAxis(layer: TfLayer, axis: number, sides: number): void {
  if (axis !== -1 && axis !== sides)
    throw new Unplannable(layer.name, 'a normalisation over another side than the last has no kernel');
}

/** y = (x − mean) / √(variance + ε) · γ + β by channel: of the batch in training, of the averages else. */
export const batchNormalization: LayerRule = {
  classes: ['BatchNormalization'],
  plan(context, layer, [input]) {
    const settings = layer as unknown as Settings;
    checkAxis(layer, settings.axis, input.dims.length);
    const x = context.even(input);
    const { shape, channels } = x;
    const weights: Weights = {
      gamma: linesOf(context, layer, 'gamma', 1),
      beta: linesOf(context, layer, 'beta', 1),
      mean: linesOf(context, layer, 'movingMean', 1)!,
      variance: linesOf(context, layer, 'movingVariance', 1)!,
    };
    const { gamma, beta, mean, variance } = weights;
    const trained = Boolean(gamma?.gradient ?? beta?.gradient);
    const y = context.output(x.dims, { needsGrad: x.needsGrad || trained, ...(x.mask && { mask: x.mask }) });
    const coefficients = context.buffer('coefficients', () => channels * 16);
    if (context.training) coefficientsOfBatch(context, x, weights, settings, coefficients);
    else {
      context.emit('fixedCoefficients', [
        ...[mean.place, variance.place, placeOf(gamma), placeOf(beta), ref(coefficients)],
        ...[shape[2], channels, float(settings.epsilon)],
      ]);
    }
    const { views, counts } = pixelLoop([x.view, y.view], shape, channels);
    context.emit('normalize', [...views.flatMap(viewArgs), ...counts, ref(coefficients)]);
    if (!y.needsGrad) return [y];
    context.backward(() => {
      const dy = context.gradOf(y);
      if (dy) backward(context, x, dy, weights, coefficients);
    });
    return [y];
  },
};
