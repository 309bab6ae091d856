import type { TrainingData } from '../train/types';

type Numbers = Float32Array | TrainingData['labels'];

function shared<T extends Numbers>(values: T): T {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const Kind = values.constructor as new (buffer: SharedArrayBuffer) => T;
  const copy = new Kind(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

/** Returns the data in memory that threads share; what is there already is not copied. */
export const shareData = (data: TrainingData): TrainingData => ({
  ...data,
  inputs: shared(data.inputs),
  targets: shared(data.targets),
  labels: shared(data.labels),
});
