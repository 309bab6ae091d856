import type {
  ActivationRecord,
  DataSummary,
  EpochRecord,
  Estimate,
  LayerRecord,
  LayerSummary,
  Outcome,
  RunLog,
  Scores,
} from '../../src/build/types';
import type { ColumnProfiles, Difference, SetsCompared } from '../../src/data/profile/types';

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

/** Four columns near 1, of which none tells the label; `change` replaces what it names. */
export const columns = (change: Partial<ColumnProfiles> = {}): ColumnProfiles => ({
  of: 'columns',
  total: 4,
  names: ['a', 'b', 'c', 'd'],
  mean: [0, 0, 0, 0],
  sd: [1, 1, 1, 1],
  min: [-3, -3, -3, -3],
  max: [3, 3, 3, 3],
  missing: [0, 0, 0, 0],
  sentinels: [],
  duplicates: [],
  alone: [
    { column: 'a', skill: 0.4 },
    { column: 'b', skill: 0.3 },
  ],
  aloneN: 1000,
  ...change,
});

const ALIKE: Difference = { column: 'a', effect: 0.02, z: 0.5 };

/** Two sets that were drawn alike. */
export const split = (change: Partial<SetsCompared> = {}): SetsCompared => ({
  copies: 0,
  copiesOf: 400,
  rateWithin: 0,
  shift: ALIKE,
  spread: ALIKE,
  distribution: ALIKE,
  correlation: { ...ALIKE, column: 'a and b' },
  classes: { effect: 0.02, z: 0.1 },
  ...change,
});

/** Forty examples of each of ten classes, 36 of them right and one taken for each of four others. */
export const CONFUSION: readonly (readonly number[])[] = Array.from({ length: 10 }, (_, k) =>
  Array.from({ length: 10 }, (__, j) => (j === k ? 36 : (j - k + 10) % 10 <= 4 ? 1 : 0)),
);

export const outcome = (change: Partial<Outcome> = {}): Outcome => ({
  n: 400,
  confusion: CONFUSION,
  spread: 0.28,
  targetSpread: 0.3,
  range: [0, 1],
  residual: { column: 1, share: 0.01 },
  ...change,
});

/** A dense layer of four inputs. */
export const dense = (name: string, change: Partial<LayerSummary> = {}): LayerSummary => ({
  name,
  type: 'Dense',
  outputShape: [null, 16],
  parameters: 80,
  activation: 'relu',
  inputs: [],
  trainable: true,
  initial: { sd: 0.4, expected: [0.3, 0.7], equalUnits: false, bias: 0 },
  ...change,
});

/** Layers one after another, each taking the output of the one before. */
export const chain = (...layers: readonly LayerSummary[]): RunLog['model'] => ({
  layers: layers.map((layer, i) => ({ ...layer, inputs: i > 0 ? [layers[i - 1].name] : [] })),
  parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
});

/** A layer without weights. */
export const passing = (name: string, type: string, change: Partial<LayerSummary> = {}): LayerSummary => {
  return { ...dense(name), initial: undefined, activation: undefined, type, parameters: 0, ...change };
};

export const OUT = dense('out', { outputShape: [null, 10], parameters: 170, activation: 'softmax' });

/** A layer over ten epochs; a number stands for each of them. */
export const layer = (
  name: string,
  change: { readonly updateRatio?: number; readonly gradientNorm?: number } = {},
): LayerRecord => {
  const ten = (value: number): number[] => new Array<number>(10).fill(value);
  const { updateRatio = 0.005, gradientNorm = 1 } = change;
  return {
    ...{ name, type: 'Dense', parameters: 100, trainable: true },
    ...{ updateRatio: ten(updateRatio), gradientNorm: ten(gradientNorm), weightNorm: ten(4) },
  };
};

export const activation = (name: string, change: Partial<ActivationRecord> = {}): ActivationRecord => ({
  ...{ name, mean: [0.4, 0.4], spread: [0.5, 0.5], zeros: [0.4, 0.4], saturated: [0, 0], dead: [0, 0] },
  ...change,
});

/** `makeLog` with all that a log of today holds: columns, split, layers, activations, answers. */
export function fullLog(change: Partial<RunLog> = {}): RunLog {
  const { data } = makeLog();
  return makeLog({
    data: {
      train: { ...data.train!, targetRange: [NaN, NaN], labelOrder: 0.3, columns: columns() },
      validation: { ...data.validation!, classCounts: new Array<number>(10).fill(40), columns: columns() },
      split: split(),
    },
    model: chain(dense('hidden'), OUT),
    layers: [layer('hidden'), layer('out')],
    activations: [activation('hidden'), activation('out')],
    outcome: { train: outcome(), validation: outcome() },
    mixing: 0,
    ...change,
  });
}

/** The full log with another summary of its training data. */
export function trainedOn(change: Partial<DataSummary>, rest: Partial<RunLog> = {}): RunLog {
  const log = fullLog(rest);
  return { ...log, data: { ...log.data, train: { ...log.data.train!, ...change } } };
}

/** The full log with other columns of its training data. */
export const withColumns = (change: Partial<ColumnProfiles>, rest: Partial<RunLog> = {}): RunLog =>
  trainedOn({ columns: columns(change) }, rest);

/** The full log with two sets that differ. */
export function withSplit(change: Partial<SetsCompared>): RunLog {
  const log = fullLog();
  return { ...log, data: { ...log.data, split: split(change) } };
}

/** The full log with another configuration. */
export const configured = (change: Partial<RunLog['config']>, rest: Partial<RunLog> = {}): RunLog => {
  const log = fullLog(rest);
  return { ...log, config: { ...log.config, ...change } };
};

/** Ten epochs, each the same. */
export const steadily = (
  train: readonly [number, number?],
  validation: readonly [number, number?] | null = train,
): EpochRecord[] => Array.from({ length: 10 }, (_, i) => epoch(i + 1, train, validation));
