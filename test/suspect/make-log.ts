import type { EpochRecord, Estimate, RunLog, Scores } from '../../src/build/types';

export const estimate = (value: number, standardError = 0.02, n = 400): Estimate => ({
  value,
  standardError,
  n,
});

export const scores = (loss: number, accuracy?: number, n = 400, standardError = 0.02): Scores => ({
  loss: estimate(loss, standardError, n),
  metrics:
    accuracy === undefined
      ? {}
      : { accuracy: estimate(accuracy, Math.sqrt((accuracy * (1 - accuracy)) / n), n) },
});

/** One epoch of ten steps: train and validation as [loss, accuracy]. */
export function epoch(
  number: number,
  train: readonly [number, number?],
  validation: readonly [number, number?] | null,
  stepsPerEpoch = 10,
): EpochRecord {
  return {
    epoch: number,
    step: number * stepsPerEpoch,
    running: scores(...train),
    train: scores(...train),
    validation: validation && scores(...validation),
    learningRate: 0.001,
  };
}

/** A healthy ten-epoch run on ten balanced classes; `change` replaces its top-level fields. */
export function makeLog(change: Partial<RunLog> = {}): RunLog {
  const course = [1.5, 1, 0.7, 0.5, 0.4, 0.33, 0.28, 0.25, 0.22, 0.2];
  const epochs =
    change.epochs ??
    course.map((loss, i) => epoch(i + 1, [loss, 1 - loss / 3], [loss + 0.05, 0.98 - loss / 3]));
  const summary = {
    name: 'tiny',
    n: 1000,
    featureShape: [4],
    features: { min: -3, max: 3, mean: 0, sd: 1 },
    classCounts: new Array<number>(10).fill(100),
    targetMean: NaN,
    targetVariance: NaN,
  };
  return {
    kind: 'run-log',
    schemaVersion: 1,
    name: 'tiny run',
    createdBy: 'fit',
    task: 'classification',
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    config: {
      epochs: epochs.length,
      batchSize: 100,
      stepsPerEpoch: 10,
      optimizer: 'adam',
      learningRate: 0.001,
      loss: 'sparseCategoricalCrossentropy',
      metrics: ['accuracy'],
      higherIsBetter: { accuracy: true },
      shuffle: true,
      initialWeights: 'built',
    },
    seed: 0,
    engine: { name: 'cpu', version: '4.22.0', reason: 'a test', steps: 'autograd' },
    model: { layers: [], parameters: 100 },
    data: {
      train: { ...summary, fingerprint: 'aaaaaaaaaaaaaaaa' },
      validation: { ...summary, n: 400, fingerprint: 'bbbbbbbbbbbbbbbb' },
    },
    initial: scores(2.4, 0.1),
    steps: { stride: 1, loss: course, learningRate: course.map(() => 0.001) },
    epochs,
    layers: [],
    activations: [],
    examples: null,
    nonFinite: null,
    stopped: 'completed',
    goals: { humanLevel: null, baseline: null },
    timing: { seconds: 1, secondsPerEpoch: [] },
    warnings: [],
    ...change,
  };
}
