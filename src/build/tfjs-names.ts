import type { LayersModel, Optimizer } from '@tensorflow/tfjs';
import { directionsOf } from '../metrics/metrics';
import { OPTIMIZER_NAMES } from './optimizer-of';

const METRICS: Readonly<Record<string, string>> = {
  acc: 'accuracy',
  binaryAccuracy: 'accuracy',
  categoricalAccuracy: 'accuracy',
  sparseCategoricalAccuracy: 'accuracy',
  ce: 'logLoss',
  binaryCrossentropy: 'logLoss',
  categoricalCrossentropy: 'logLoss',
  sparseCategoricalCrossentropy: 'logLoss',
  mse: 'meanSquaredError',
  MSE: 'meanSquaredError',
  meanSquaredError: 'meanSquaredError',
  mae: 'meanAbsoluteError',
  MAE: 'meanAbsoluteError',
  meanAbsoluteError: 'meanAbsoluteError',
};

/** Metrics that tfjs takes of each unit on its own; with several units a row they are not those of a row. */
const PER_UNIT = /^(acc|ce|binaryAccuracy|binaryCrossentropy)$/;

/**
 * Returns Hunch's id of a metric that tfjs-layers names, or the name itself where Hunch has no such metric.
 *
 * @param name as in the logs of tfjs: "acc", "mse", the name of a function
 * @param loss name of the model's loss: with `binaryCrossentropy` on several units, tfjs' accuracy is that of units
 * @example
 * metricId('acc', 'categoricalCrossentropy', 3) // => 'accuracy'
 * metricId('acc', 'binaryCrossentropy', 3) // => 'acc'
 */
export function metricId(name: string, loss: string, units: number): string {
  const binary = loss === 'binaryCrossentropy' || name.startsWith('binary');
  if (units > 1 && binary && PER_UNIT.test(name)) return name;
  return Object.hasOwn(METRICS, name) ? METRICS[name] : name;
}

/** Directions of metrics that tfjs has and Hunch has not, or not for several units. */
const TFJS_DIRECTIONS: Readonly<Record<string, boolean>> = {
  acc: true,
  binaryAccuracy: true,
  ce: false,
  binaryCrossentropy: false,
  precision: true,
  recall: true,
  mape: false,
  MAPE: false,
  meanAbsolutePercentageError: false,
};

/**
 * Returns which way metrics are better, by id; those that nobody knows, such as a function of the user's, are left out.
 *
 * @example
 * metricDirections(['accuracy', 'ce', 'bias']) // => { accuracy: true, ce: false }
 */
export function metricDirections(ids: readonly string[]): Readonly<Record<string, boolean>> {
  const own = Object.entries(TFJS_DIRECTIONS).filter(([id]) => ids.includes(id));
  return { ...directionsOf(ids), ...Object.fromEntries(own) };
}

/** Returns the name of the loss that a model was compiled with; that of a function is its own, followed by "()". */
export function lossNameOf(model: LayersModel): string {
  const loss = model.loss as unknown;
  if (typeof loss === 'function') return `${loss.name || 'custom'}()`;
  if (typeof loss === 'string') return loss;
  const parts = Object.values((loss ?? {}) as object).map((one: unknown) =>
    typeof one === 'function' ? `${one.name || 'custom'}()` : String(one),
  );
  return parts.length > 0 ? parts.join(' + ') : 'unknown';
}

/** Returns the name of a model's optimizer: Hunch's where it has it, else that of its class. */
export function optimizerNameOf(model: LayersModel): string {
  const name = model.optimizer?.getClassName() ?? 'unknown';
  return OPTIMIZER_NAMES.find((known) => known === name.toLowerCase()) ?? name;
}

/** Returns the learning rate that an optimizer has now; NaN where it does not say. */
export function learningRateOf(optimizer: Optimizer | undefined): number {
  const { learningRate } = (optimizer ?? {}) as unknown as { learningRate?: unknown };
  return typeof learningRate === 'number' ? learningRate : NaN;
}
