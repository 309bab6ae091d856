import type { PlanContext } from './context';
import { loopArgs, loopOver, pixelLoop, viewArgs, type View } from './layout';
import { float } from './program';
import { Unplannable } from './unplannable';
import type { Value } from './value';

/** An activation as the kernels know it: its number, what its slope is taken from, and its parameter. */
export interface Activation {
  readonly name: string;
  readonly kind: number;
  readonly from: 'output' | 'input';
  readonly alpha: number;
}

/** The numbers are those of src/engine/kernels/elementwise.ts; SOFTMAX has kernels of its own. */
const SOFTMAX = -1;
const KINDS: Readonly<Record<string, readonly [kind: number, from: 'output' | 'input', alpha?: number]>> = {
  linear: [0, 'output'],
  relu: [1, 'output'],
  relu6: [2, 'output'],
  leakyRelu: [3, 'output'],
  elu: [4, 'output', 1],
  selu: [5, 'output'],
  sigmoid: [6, 'output'],
  hardSigmoid: [7, 'output'],
  tanh: [8, 'output'],
  softplus: [9, 'output'],
  softsign: [10, 'output'],
  swish: [11, 'input', 1],
  mish: [12, 'input'],
  gelu: [13, 'input'],
  gelu_new: [14, 'input'],
  exponential: [15, 'output'],
  thresholdedRelu: [16, 'input', 1],
  cappedRelu: [17, 'output'],
  softmax: [SOFTMAX, 'output'],
};

/** Class names of tfjs' activations, where they are not the name with a capital. */
const CLASS_NAMES: Readonly<Record<string, string>> = { hard_sigmoid: 'hardSigmoid', geluNew: 'gelu_new' };

/** Returns the activation of a name, or throws Unplannable. */
export function activationOf(name: string, alpha?: number): Activation {
  const known = KINDS[CLASS_NAMES[name] ?? name];
  if (!known) throw new Unplannable(`activation "${name}"`, 'it has no kernel');
  const [kind, from, standard = 0] = known;
  return { name, kind, from, alpha: alpha ?? standard };
}

/** The activation of a tfjs layer, whose object tells its name by `getConfig`-style class name. */
export function activationOfLayer(layer: unknown): Activation {
  const activation = (layer as { activation?: { getClassName(): string } }).activation;
  return activationOf(activation ? activation.getClassName() : 'linear');
}

export const isSoftmax = (activation: Activation): boolean => activation.kind === SOFTMAX;
export const isLinear = (activation: Activation): boolean => activation.kind === 0;

/**
 * Emits y = f(x) for a layer whose pre-activations stand in `value`, and returns what the slope is taken from: the value
 * itself, worked on in place, or a copy of the pre-activations. `done` says that the kernel before has applied it already.
 */
export function activate(context: PlanContext, activation: Activation, value: Value, done = false): View {
  const { view, shape, channels } = value;
  if (isLinear(activation) || done) return view;
  if (isSoftmax(activation)) {
    const { views, counts } = pixelLoop([view], shape, channels);
    context.emit('softmax', [...viewArgs(views[0]), ...viewArgs(views[0]), ...counts, shape[2]]);
    return view;
  }
  let saved = view;
  if (activation.from === 'input' && context.training) {
    saved = before(context, value);
    const loop = loopOver([view, saved], shape, channels);
    context.emit('copy', [...loopArgs(loop), float(1), 0, 0]);
  }
  const loop = loopOver([view, view], shape, channels);
  context.emit('activate', [activation.kind, ...loopArgs(loop), float(activation.alpha)]);
  return saved;
}

function before(context: PlanContext, { shape: [h, w], channels }: Value): View {
  const bytes = h * w * channels * 4;
  const buf = context.buffer('pre-activation', (rows) => rows * bytes);
  return { base: { buf, offset: 0 }, img: bytes, row: w * channels * 4, pix: channels * 4 };
}

/** Emits dx (+)= dy · f′(x); dx may be dy. */
export function activateGrad(
  context: PlanContext,
  activation: Activation,
  saved: View,
  dy: View,
  dx: View,
  value: Value,
  add = 0,
): void {
  const { shape, gradLayout } = value;
  const channels = gradLayout.channels;
  if (isSoftmax(activation)) {
    const { views, counts } = pixelLoop([saved, dy, dx], shape, channels);
    context.emit('softmaxGrad', [...views.flatMap(viewArgs), ...counts, shape[2], add]);
    return;
  }
  if (isLinear(activation) && dy === dx) return;
  const loop = loopOver([saved, dy, dx], shape, channels);
  context.emit('activateGrad', [activation.kind, ...loopArgs(loop), float(activation.alpha), add]);
}
