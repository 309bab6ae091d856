import { draw, type Draws } from '../draws';
import type { PlanContext } from '../context';
import { loopOver, viewArgs, type Border, type View } from '../layout';
import { float, ref } from '../program';
import { Unplannable } from '../unplannable';
import type { Value } from '../value';
import type { LayerRule, TfLayer } from './rule';

/** What becomes of a number that is kept (scale · x + shift) and of one that is dropped. */
export interface Fate {
  readonly scale: number;
  readonly shift: number;
  readonly other: number;
}

const SELU_FLOOR = -1.6732632423543772 * 1.0507009873554805;

/** 16 random bits decide on a number: the chance of being dropped, in 65536ths. */
const dropOf = (rate: number): number => Math.min(65535, Math.round(rate * 65536));

/** Whether anything is dropped; TensorFlow.js takes a rate of 1 for none. */
export const drops = (rate: number): boolean => dropOf(rate) > 0 && rate < 1;

export function fateOf(className: string, rate: number): Fate {
  if (className === 'AlphaDropout') {
    const a = 1 / Math.sqrt((1 - rate) * (1 + rate * SELU_FLOOR * SELU_FLOOR));
    const b = -a * SELU_FLOOR * rate;
    // TensorFlow.js sets dropped numbers to minus the floor of SELU, where Klambauer and others (2017) set them to the floor: the
    // mean is not kept. A plan does the same.
    return { scale: a, shift: b, other: -a * SELU_FLOOR + b };
  }
  // The scale of the rate as it was rounded: so the mean is kept exactly.
  return { scale: 1 / (1 - dropOf(rate) / 65536), shift: 0, other: 0 };
}

const settings = (layer: TfLayer): { rate: number; noiseShape?: unknown; seed?: number } =>
  layer as unknown as { rate: number; noiseShape?: unknown; seed?: number };

function apply(
  context: PlanContext,
  { base, view }: Draws,
  x: View,
  y: View,
  { shape }: Value,
  channels: number,
  { scale, shift, other }: Fate,
  add: number,
): void {
  const { views, counts } = loopOver([x, y, view], shape, channels);
  context.emit(
    'dropout',
    [
      ...views.slice(0, 2).flatMap(viewArgs),
      ...[base, view.img / 32, view.row / 32, view.pix / 32],
      ...counts,
      ...[float(scale), float(shift), float(other), add],
    ],
    { touches: [view.base.buf] },
  );
}

/** Which numbers fall together, and what becomes of them. */
export interface Dropping {
  readonly rate: number;
  readonly fate: Fate;
  readonly seed?: number | undefined;
  /** All of a channel's numbers together. */
  readonly perChannel: boolean;
  /** The border of a result that stays inside of its layer. */
  readonly inner?: Border;
}

/** Drops numbers of a value at random. */
export function dropped(context: PlanContext, input: Value, dropping: Dropping): Value {
  const { rate, fate, seed, perChannel, inner } = dropping;
  const x = context.even(input);
  const y = context.output(x.dims, {
    needsGrad: x.needsGrad,
    ...(x.mask ? { mask: x.mask } : {}),
    ...(inner ? { inner } : {}),
  });
  const words = context.buffer('random words', () => 64);
  const draws = draw(context, x.shape, {
    kernel: 'keepBits',
    group: 32,
    bytes: 4,
    rest: [dropOf(rate), ref(words)],
    ...(seed === undefined ? {} : { seed }),
    perChannel,
  });
  apply(context, draws, x.view, y.view, x, x.channels, fate, 0);
  if (!y.needsGrad) return y;
  context.backward(() => {
    const dy = context.gradOf(y);
    if (!dy) return;
    const { view, add } = context.gradFor(x);
    const back = { scale: fate.scale, shift: 0, other: 0 };
    apply(context, draws, dy, view, x, x.gradLayout.channels, back, add);
  });
  return y;
}

/**
 * Numbers dropped at random while training. A seed of the layer makes its draws differ from those of other seeds, from step to step
 * too; TensorFlow.js then draws the same mask in each step.
 */
export const dropout: LayerRule = {
  classes: ['Dropout', 'SpatialDropout1D', 'AlphaDropout'],
  passes: (layer, training) => !training || !drops(settings(layer).rate),
  plan(context, layer, [input]) {
    const { rate, noiseShape, seed } = settings(layer);
    if (this.passes!(layer, context.training)) return [context.passed(input)];
    if (noiseShape !== undefined && noiseShape !== null)
      throw new Unplannable(layer.name, 'dropout with a noiseShape has no kernel');
    const name = layer.getClassName();
    const perChannel = name === 'SpatialDropout1D';
    return [dropped(context, input, { rate, fate: fateOf(name, rate), seed, perChannel })];
  },
};
