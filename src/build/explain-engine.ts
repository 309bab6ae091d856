import { availableParallelism } from 'node:os';
import type { LayersModel } from '@tensorflow/tfjs';
import { InputError } from '../core/input-error';
import { anything, checkOptions, integer, text } from '../core/options';
import { asResult } from '../core/showable';
import { planRefused } from '../engine/choose-session';
import { freeOptimizer } from '../engine/free-optimizer';
import type { LossName } from '../engine/losses';
import type { LayerCost } from '../engine/plan/explain';
import { Unplannable } from '../engine/plan/unplannable';
import { useEngine } from '../engine/use-engine';
import { checkOptimizer, optimizerOf, type OptimizerChoice } from './optimizer-of';

export interface ExplainEngineOptions {
  /** Examples a step; defaults to 32. */
  readonly batchSize?: number;
  /** Defaults to "adam". */
  readonly optimizer?: OptimizerChoice;
  /** Defaults to cross-entropy where the last layer ends in a softmax or sigmoid, else mean squared error. */
  readonly loss?: LossName;
}

/** What would run the training of a model, and why. */
export interface EngineExplanation {
  readonly kind: 'engine-explanation';
  /** The compiled step, or TensorFlow.js' autograd. */
  readonly steps: 'plan' | 'autograd';
  /** What TensorFlow.js runs on: `wasm`, `native`, `cpu`. */
  readonly backend: string;
  /** One sentence. */
  readonly reason: string;
  readonly batchSize: number;
  /** Parts of a batch that threads share; fixed by the work of a step, so that the bits do not depend on the machine. */
  readonly slices: number | null;
  /** Threads of this machine that may share them. */
  readonly threads: number;
  /** Floats of a vector that the kernels work on: 4, or 8 where HUNCH_WIDE=on asks for it and can have it. */
  readonly vectors: 4 | 8 | null;
  /** Floating-point operations of a step (products alone). */
  readonly flops: number | null;
  /** Bytes of the plan's memory without data. */
  readonly bytes: number | null;
  /** Each layer's share of the work, in the order of the model. */
  readonly layers: readonly LayerCost[];
}

function usualLoss(model: LayersModel): LossName {
  const last = model.layers.at(-1) as unknown as { activation?: { getClassName(): string } };
  const name = last?.activation?.getClassName();
  if (name === 'softmax') return 'categoricalCrossentropy';
  return name === 'sigmoid' ? 'binaryCrossentropy' : 'meanSquaredError';
}

/**
 * Returns what would run the training of a model: the compiled step, with the work of each layer, or TensorFlow.js' autograd,
 * with the layer that a plan cannot express. Nothing is trained.
 *
 * @param model a tfjs-layers model; see what `fit` is given
 * @returns a record; operations are those of matrix products and convolutions, a multiplication and an addition counted as two
 * @throws InputError `invalid-type` when it is not a model
 * @example
 * const build = ({ tf, inputShape, units }) =>
 *   tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] });
 * const run = await fit(build, datasets.iris(), { epochs: 1 });
 * const { steps, flops } = await explainEngine(run.model, { batchSize: 10 });
 * [steps, flops] // => ['plan', 480]
 */
export async function explainEngine(
  model: LayersModel,
  options: ExplainEngineOptions = {},
): Promise<EngineExplanation> {
  const fn = 'explainEngine';
  checkOptions(fn, options, { batchSize: integer(1), optimizer: anything, loss: text });
  if (!model?.layers) {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'model',
      expected: 'be a tfjs-layers model',
      received: model,
    });
  }
  checkOptimizer(fn, options.optimizer);
  const { batchSize = 32, loss = usualLoss(model) } = options;
  const { tf, name, reason } = await useEngine();
  const facts = {
    kind: 'engine-explanation' as const,
    backend: name,
    batchSize,
    threads: availableParallelism(),
  };
  const autograd = (why: string): EngineExplanation =>
    asResult({
      ...facts,
      steps: 'autograd' as const,
      reason: `TensorFlow.js' autograd on ${name} (${reason}): ${why}.`,
      slices: null,
      vectors: null,
      flops: null,
      bytes: null,
      layers: [],
    });
  const refused = planRefused();
  if (refused) return autograd(refused);
  const [{ explainPlan }, { graphOf }, { planLoss }, { planOptimizer }, { wideVectors }] = await Promise.all([
    import('../engine/plan/explain'),
    import('../engine/plan/graph'),
    import('../engine/plan/losses'),
    import('../engine/plan/optimizers'),
    import('../engine/plan/wide-vectors'),
  ]);
  const wide = wideVectors();
  const unheard = wide.missing ? ` HUNCH_WIDE=on changes nothing: ${wide.missing}.` : '';
  const { optimizer } = optimizerOf(fn, tf, options.optimizer ?? 'adam');
  try {
    const { slices, flops, bytes, layers } = explainPlan({
      graph: graphOf(model),
      losses: model.outputs.map(() => planLoss(loss)),
      optimizer: planOptimizer(optimizer),
      batch: batchSize,
    });
    return asResult({
      ...facts,
      steps: 'plan' as const,
      reason: `The whole step is compiled: every layer, the loss and the optimizer have kernels of ours.${unheard}`,
      vectors: wide.used ? 8 : 4,
      ...{ slices, flops, bytes, layers },
    });
  } catch (error) {
    if (!(error instanceof Unplannable)) throw error;
    return autograd(error.message);
  } finally {
    freeOptimizer(optimizer);
  }
}
