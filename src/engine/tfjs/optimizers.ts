import type { Optimizer, Tensor, TensorInfo, Variable } from '@tensorflow/tfjs';
import type { TensorFlow } from '../tf';
import { sizeOf, type WasmBackend } from './backend';
import { heapOf, type Heap } from './heap';

/** A state that an optimizer keeps for a variable: it is made as TensorFlow.js makes it, where it is not there yet. */
interface State {
  readonly originalName: string;
  readonly variable: Variable;
}

/** The fields of TensorFlow.js' optimizers (4.22) that are read and written here. */
interface Fields {
  readonly learningRate: number;
  readonly epsilon: number;
  readonly momentum: number;
  readonly useNesterov: boolean;
  readonly centered: boolean;
  readonly beta1: number;
  readonly beta2: number;
  readonly rho: number;
  readonly decay: number;
  readonly initialAccumulatorValue: number;
  readonly c: Tensor;
  readonly m: Tensor;
  readonly iteration: Variable;
  readonly accBeta1: Variable;
  readonly accBeta2: Variable;
  incrementIterations(): void;
}

type Gradients = Parameters<Optimizer['applyGradients']>[0];

/** How one kind of optimizer is run by one kernel for each variable. */
interface Rule {
  readonly kernel: string;
  /** Fields that hold states, with the ends of their names; in the order of the kernel's states. */
  states(optimizer: Fields): readonly (readonly [field: string, name: string])[];
  /** What a state starts from; defaults to 0. */
  start?(optimizer: Fields): number;
  /** What the kernel calls its rates. `value` reads a scalar. */
  rates(optimizer: Fields, value: (scalar: Tensor) => number, epsilon: number): readonly number[];
  /** Scalars that move with every step: their new values. */
  after?(optimizer: Fields, value: (scalar: Tensor) => number): readonly (readonly [Variable, number])[];
}

const { fround } = Math;

const RULES: Readonly<Record<string, Rule>> = {
  SGDOptimizer: { kernel: 'sgd', states: () => [], rates: ({ c }, value) => [-value(c)] },
  MomentumOptimizer: {
    kernel: 'momentum',
    states: () => [['accumulations', 'momentum']],
    rates: ({ c, m, useNesterov }, value) => [-value(c), value(m), useNesterov ? 1 : 0],
  },
  AdamOptimizer: {
    kernel: 'adam',
    states: () => [
      ['accumulatedFirstMoment', 'm'],
      ['accumulatedSecondMoment', 'v'],
    ],
    rates: ({ learningRate, beta1, beta2, epsilon, accBeta1, accBeta2 }, value) => [
      learningRate / fround(1 - value(accBeta1)),
      ...[beta1, beta2, epsilon],
      ...[1 / fround(1 - value(accBeta2)), 0],
    ],
    after: ({ accBeta1, accBeta2, beta1, beta2 }, value) => [
      [accBeta1, value(accBeta1) * fround(beta1)],
      [accBeta2, value(accBeta2) * fround(beta2)],
    ],
  },
  AdamaxOptimizer: {
    kernel: 'adamax',
    states: () => [
      ['accumulatedFirstMoment', 'm'],
      ['accumulatedWeightedInfNorm', 'v'],
    ],
    rates: ({ learningRate, beta1, beta2, epsilon, decay, iteration, accBeta1 }, value) => [
      learningRate / (value(iteration) * decay + 1) / fround(1 - value(accBeta1)),
      ...[beta1, beta2, epsilon],
    ],
    after: ({ iteration, accBeta1, beta1 }, value) => [
      [iteration, value(iteration) + 1],
      [accBeta1, value(accBeta1) * fround(beta1)],
    ],
  },
  RMSPropOptimizer: {
    kernel: 'rmsprop',
    states: ({ centered }) => [
      ['accumulatedMeanSquares', 'rms'],
      ['accumulatedMoments', 'momentum'],
      ...(centered ? [['accumulatedMeanGrads', 'mg'] as const] : []),
    ],
    rates: ({ learningRate, decay, momentum, epsilon, centered }) => [
      ...[learningRate, decay, momentum, epsilon],
      centered ? 1 : 0,
    ],
  },
  AdagradOptimizer: {
    kernel: 'adagrad',
    states: () => [['accumulatedGrads', 'accumulator']],
    start: ({ initialAccumulatorValue }) => initialAccumulatorValue,
    rates: ({ learningRate }, _, epsilon) => [learningRate, epsilon],
  },
  AdadeltaOptimizer: {
    kernel: 'adadelta',
    states: () => [
      ['accumulatedGrads', 'accum_grad'],
      ['accumulatedUpdates', 'accum_var'],
    ],
    rates: ({ learningRate, rho, epsilon }) => [learningRate, rho, epsilon],
  },
};

/** Words behind the addresses of W, G and the states: see src/engine/kernels/optimize.ts. */
function update(heap: Heap, kernel: string, at: readonly number[], size: number, rates: number): void {
  const [w, g, first = 0, second = 0, third = 0] = at;
  heap.call(kernel, w, g, 0, 1, first, second, size, rates, 0, 0, third);
}

/** Runs the kernel on all numbers of a variable. It takes four at a time: the last ones go through a place of their own. */
function updateAll(
  heap: Heap,
  kernel: string,
  at: readonly number[],
  size: number,
  rates: number,
  spare: number,
): void {
  const even = size & ~3;
  if (even > 0) update(heap, kernel, at, even, rates);
  const rest = (size - even) * 4;
  if (rest === 0) return;
  const places = at.map((_, i) => spare + i * 16);
  at.forEach((address, i) => heap.copy(address + even * 4, places[i], rest));
  update(heap, kernel, places, 4, rates);
  at.forEach((address, i) => i !== 1 && heap.copy(places[i], address + even * 4, rest));
}

/** The step of one optimizer. Returns false, with nothing changed, where anything is not as it should be. */
function applyFused(tf: TensorFlow, rule: Rule, optimizer: Fields, gradients: Gradients): boolean {
  const engine = tf.engine();
  const backend = engine.backend as unknown as WasmBackend;
  const list = Array.isArray(gradients)
    ? gradients.map(({ name, tensor }) => ({ name, gradient: tensor as Tensor | undefined }))
    : Object.entries(gradients).map(([name, gradient]) => ({
        name,
        gradient: gradient as Tensor | undefined,
      }));
  const fields = optimizer as unknown as Record<string, State[] | undefined>;
  const names = rule.states(optimizer);
  const fits = ({ shape, dtype, isDisposed }: Tensor, like: Tensor): boolean =>
    !isDisposed &&
    dtype === 'float32' &&
    shape.length === like.shape.length &&
    shape.every((n, i) => n === like.shape[i]);
  const usual = list.every(({ name, gradient }, i) => {
    const variable = engine.registeredVariables[name];
    const states = names.map(([field]) => fields[field]?.[i]?.variable);
    return (
      variable?.dtype === 'float32' &&
      [variable, gradient, ...states].every((tensor) => !tensor || fits(tensor, variable))
    );
  });
  if (!usual || !names.every(([field]) => Array.isArray(fields[field]))) return false;

  const heap = heapOf(backend);
  const address = (tensor: Tensor): number => heap.at(tensor as unknown as TensorInfo);
  const value = (scalar: Tensor): number => heap.floats(address(scalar), 1)[0];
  const rates = rule.rates(optimizer, value, backend.epsilon());
  tf.tidy(() =>
    heap.scratch((take) => {
      const rate = take(rates.length * 4);
      const spare = take(5 * 16);
      heap.floats(rate, rates.length).set(rates);
      // All memory is had before anything changes, so that an optimizer that does not get it is still what it was.
      const work = list.flatMap(({ name, gradient }, i) => {
        const variable = engine.registeredVariables[name];
        const states = names.map(([field, end]) => {
          const start = rule.start?.(optimizer) ?? 0;
          const state = (fields[field]![i] ??= {
            originalName: `${name}/${end}`,
            variable: tf.variable(tf.fill(variable.shape, start), false),
          });
          return state.variable;
        });
        if (!gradient) return [];
        // Others may hold the numbers of a state under another name: then what changes is a copy. Weights are always new, as
        // kernels of the backend keep what they made of the old ones.
        const moved = [variable, ...states].map((old, k) => {
          const to = k > 0 && backend.refCount(old.dataId) === 1 ? undefined : heap.output(old.shape);
          return { old, to };
        });
        return [{ gradient, moved, size: sizeOf(variable.shape) }];
      });
      for (const { gradient, moved, size } of work) {
        const places = moved.map(({ old, to }) => {
          if (!to) return address(old);
          heap.copy(address(old), heap.at(to), size * 4);
          return heap.at(to);
        });
        const [w, ...states] = places;
        updateAll(heap, rule.kernel, [w, address(gradient), ...states], size, rate, spare);
        for (const { old, to } of moved) if (to) old.assign(engine.makeTensorFromTensorInfo(to));
      }
    }),
  );
  rule.after?.(optimizer, value).forEach(([scalar, next]) => {
    if (backend.refCount(scalar.dataId) === 1) heap.floats(address(scalar), 1)[0] = next;
    else tf.tidy(() => scalar.assign(tf.scalar(next)));
  });
  optimizer.incrementIterations();
  return true;
}

const wrapped = new WeakSet<object>();

/**
 * Makes the optimizers of TensorFlow.js (`tf.train.…`, also those made already) move each variable with one kernel where the
 * completed WebAssembly backend is in use. Their fields, states and weights stay what they are; elsewhere, and where anything
 * looks unusual, they run as they were written.
 */
export function fuseOptimizers(tf: TensorFlow): void {
  for (const [name, rule] of Object.entries(RULES)) {
    const { prototype } = tf[name as 'SGDOptimizer'];
    if (wrapped.has(prototype)) continue;
    wrapped.add(prototype);
    const original = prototype.applyGradients;
    prototype.applyGradients = function (gradients: Gradients): void {
      if (tf.getBackend() === 'wasm' && applyFused(tf, rule, this as unknown as Fields, gradients)) return;
      original.call(this, gradients);
    };
  }
}
