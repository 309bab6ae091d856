import type { PlanParam } from './blueprint';
import { draw, type DrawSpec } from './draw';
import type { LayerWeight } from './param';
import { runPlan, type RunningPlan } from './run-plan';

export { slicesFor } from './draw';
export type { DataBlocks, PlanData } from './plan-data';

export interface PlanSpec extends DrawSpec {
  /** Threads that may work on a step, the calling one included. */
  readonly threads: number;
  /** See RunOptions. */
  readonly alone?: number;
  /** Dropout and noise draw from it; defaults to 0. */
  readonly seed?: number;
}

/** A variable in the plan's memory and the weight of the model that it is. */
export interface ModelParam extends PlanParam {
  readonly weight: LayerWeight;
}

/** A model's step, compiled: a running plan that knows the model's weights. */
export interface Plan extends RunningPlan {
  readonly params: readonly ModelParam[];
  /** Weights from the model into the plan; the optimizer starts afresh. */
  readWeights(): void;
}

/** The numbers of a model's weights as they are now. */
export const readAll = (weights: readonly LayerWeight[]): Float32Array[] =>
  weights.map((weight) => (weight.read() as { dataSync(): Float32Array }).dataSync());

/** Compiles a model's step into a memory of its own. */
export function compilePlan(spec: PlanSpec): Plan {
  const { blueprint, weights, wordsFor, infer } = draw(spec);
  const { threads, alone, seed, optimizer } = spec;
  const running = runPlan(blueprint, { threads, alone, seed, optimizer, wordsFor, drawInfer: infer });
  const params = running.params.map((param, i): ModelParam => ({ ...param, weight: weights[i] }));
  return Object.assign(running, { params, readWeights: () => running.setWeights(readAll(weights)) });
}
