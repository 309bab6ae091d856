import type { LayersModel } from '@tensorflow/tfjs';
import { InputError } from '../core/input-error';
import type { Random } from '../core/random';
import { refuseRaw } from '../data/needs-preparing';
import type { Dataset, Task } from '../data/types';
import type { TensorFlow } from '../engine/tf';
import { withOwnInitializers } from '../engine/initial/with-own-initializers';
import { withSeededRandom } from '../engine/with-seeded-random';

/** What a function that builds a model is told. */
export interface BuildContext {
  readonly tf: TensorFlow;
  /** Shape of one example, as `inputShape` of the first layer wants it. */
  readonly inputShape: number[];
  /** Class or label names; empty for regression. */
  readonly classes: readonly string[];
  /** Output units that fit the data: K classes (softmax), K labels (sigmoid), or 1 for regression. */
  readonly units: number;
  /** Token ids 0 … vocabulary − 1, as `inputDim` of an embedding; null where the inputs are no tokens. */
  readonly vocabulary: number | null;
}

/** Returns a new model, without waiting for anything. */
export type BuildModel = (context: BuildContext) => LayersModel;

/** A model ready for training, and whether `fit` made it. */
export interface ReadyModel {
  readonly model: LayersModel;
  readonly units: number;
  readonly built: boolean;
}

/** What a model for a task ends in, in words. */
const ENDS: Readonly<Record<Task, (classes: number) => string>> = {
  classification: (classes) => `${classes} units, one a class`,
  'multi-label': (labels) => `${labels} units, one a label`,
  regression: () => '1 unit for a regression',
};

/** Output units that fit the data. */
const unitsFor = (data: Dataset): number => (data.task === 'regression' ? 1 : data.classes.length);

/** Returns the output units of a model; throws `unsupported` or `length-mismatch` where it does not fit the data. */
export function unitsOf(fn: string, model: LayersModel, data: Dataset): number {
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    throw new InputError({
      code: 'unsupported',
      fn,
      param: 'model',
      expected: `have one input and one output; it has ${model.inputs.length} and ${model.outputs.length}`,
    });
  }
  const input = model.inputs[0].shape.slice(1);
  if (
    input.some((side, i) => side !== null && side !== data.features.shape[i]) ||
    input.length !== data.features.shape.length
  ) {
    throw new InputError({
      code: 'length-mismatch',
      fn,
      param: 'model',
      expected: `take examples of shape [${data.features.shape.join(', ')}] as in "${data.name}"; it takes [${input.join(', ')}]`,
      mend: 'Use the inputShape that the build function is given.',
    });
  }
  const units = model.outputs[0].shape.slice(1).reduce((a: number, b) => a * (b ?? NaN), 1);
  const classes = data.classes.length;
  const oneForTwo = data.task === 'classification' && units === 1 && classes === 2;
  if (units !== unitsFor(data) && !oneForTwo) {
    throw new InputError({
      code: 'length-mismatch',
      fn,
      param: 'model',
      expected: `end in ${ENDS[data.task](classes)}; it ends in ${units}`,
      mend: 'Use the units that the build function is given for the last layer.',
    });
  }
  return units;
}

/** Returns what `work` returns; when it throws, the variables that it made are freed. */
function withoutLeftovers<T>(tf: TensorFlow, work: () => T): T {
  const before = new Set(Object.values(tf.engine().registeredVariables));
  try {
    return work();
  } catch (error) {
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      if (!before.has(variable)) variable.dispose();
    }
    throw error;
  }
}

function built(fn: string, source: BuildModel, context: BuildContext, stream: Random): LayersModel {
  const model = withSeededRandom(stream, () =>
    withOwnInitializers(context.tf, stream, () => source(context)),
  );
  const promise = model as unknown as Partial<PromiseLike<LayersModel>> | undefined;
  if (typeof promise?.then === 'function') {
    void promise.then((late) => late?.dispose?.()).then(undefined, () => undefined);
  } else if (model?.layers) return model;
  throw new InputError({
    code: 'invalid-type',
    fn,
    param: 'build',
    expected: 'return a tfjs-layers model at once, not a promise or anything else',
    received: model,
    mend: 'Await what the model needs before, and build it in a function that is not async.',
  });
}

/**
 * Returns the model to train: built anew with weights from the seeded stream, or as given.
 *
 * @throws InputError `invalid-type`, `unsupported`, `length-mismatch`; what the build function throws. Nothing of a
 *   model that was being built is left in memory then.
 */
export function readyModel(
  fn: string,
  tf: TensorFlow,
  source: BuildModel | LayersModel,
  data: Dataset,
  stream: Random,
): ReadyModel {
  refuseRaw(fn, 'dataset', data);
  if (typeof source !== 'function') return { model: source, units: unitsOf(fn, source, data), built: false };
  const context: BuildContext = {
    tf,
    inputShape: [...data.features.shape],
    classes: data.classes,
    units: unitsFor(data),
    vocabulary: data.preparation?.vocabulary ?? null,
  };
  return withoutLeftovers(tf, () => {
    const model = built(fn, source, context, stream);
    return { model, units: unitsOf(fn, model, data), built: true };
  });
}
