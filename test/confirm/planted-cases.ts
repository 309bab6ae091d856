import type { BuildContext } from '../../src/build/build-model';
import type { FitOptions } from '../../src/build/fit-options';
import type { CauseId } from '../../src/confirm/causes';
import { mapFeatures, mapLabels, withLabelsOf, withLabelsShuffled } from '../../src/confirm/changed-data';
import type { Rejudge } from '../../src/confirm/experiment';
import { halfOf, rowsOf } from '../../src/confirm/pool-split';
import { random } from '../../src/core/random';
import { dataset } from '../../src/data/dataset';
import type { Dataset } from '../../src/data/types';
import { blobs, plane } from '../build/helpers';

/** A model of one hidden layer, as far as it differs from ten units of relu. */
export interface Spec {
  readonly hidden?: object | null;
  readonly deeper?: number;
  readonly norm?: object;
  readonly dropout?: number;
  readonly end?: object;
  readonly after?: (context: BuildContext) => object;
  /** `mixing`: a layer of one's own that takes the mean over the batch. */
  readonly between?: 'mixing' | ((context: BuildContext) => object);
}

export const TRAIN = blobs(150);
const VALIDATION = blobs(90, 3, 2);
export const USUAL: FitOptions = { epochs: 12, learningRate: 0.02, validation: VALIDATION };

/** Two columns that tell the class only together: the sign of their product. */
function corners(n: number, seed: number): Dataset {
  const stream = random(seed);
  const features = Array.from({ length: n }, () => [stream.normal(), stream.normal()]);
  return dataset({ features, labels: features.map(([a, b]) => (a * b > 0 ? 'same' : 'other')) });
}

/** Forty columns that tell the class together, each of them little. */
function wide(n: number, seed: number): Dataset {
  const stream = random(seed);
  const labels = Array.from({ length: n }, (_, i) => ['a', 'b'][i % 2]);
  const shift = (label: string): number => (label === 'a' ? 0.25 : -0.25);
  const features = labels.map((label) => Array.from({ length: 40 }, () => shift(label) + stream.normal()));
  return dataset({ features, labels });
}

/** The data with a third column. */
const withColumn = (data: Dataset, valueOf: (row: number) => number): Dataset => {
  const values = new Float32Array(3 * data.n);
  for (let row = 0; row < data.n; row++) {
    values.set(data.features.values.subarray(2 * row, 2 * row + 2), 3 * row);
    values[3 * row + 2] = valueOf(row);
  }
  return { ...data, features: { values, shape: [3], names: ['x', 'y', 'suspect'] } };
};

/** A share of the labels moved on by one class. */
const noisy = (data: Dataset, share: number): Dataset => {
  const stream = random(9);
  return mapLabels(data, (label) => (stream.next() < share ? (label + 1) % data.classes.length : label));
};

/** One class in twenty. */
const rare = (n: number, seed: number): Dataset => {
  const stream = random(seed);
  const labels = Array.from({ length: n }, (_, i) => (i % 20 === 0 ? 'rare' : 'common'));
  const features = labels.map((label) => [(label === 'rare' ? 1.2 : 0) + stream.normal(), stream.normal()]);
  return dataset({ features, labels, classes: ['common', 'rare'] });
};

const sorted = (data: Dataset): Dataset =>
  rowsOf(
    data,
    Array.from({ length: data.n }, (_, row) => row).sort((a, b) => data.labels[a] - data.labels[b]),
  );

export interface Setup {
  readonly spec?: Spec;
  readonly train?: Dataset;
  readonly options?: FitOptions;
  /** Stands in for the check of the finding. */
  readonly rejudge?: Rejudge;
}

/** An experiment, the cause that it takes away, a run that has it and one that has not. */
export interface Planted {
  readonly experiment: string;
  readonly cause: CauseId;
  readonly planted: Setup;
  readonly control: Setup;
  readonly column?: string;
}

const gone: Rejudge = () => false;
const stays: Rejudge = () => true;

const outOfOrder = withLabelsShuffled(TRAIN, 4, 'a test');
const far = (data: Dataset): Dataset =>
  mapFeatures(data, (value, at) => (at === 0 ? 400 * value + 900 : value));
const strange = (data: Dataset): Dataset => mapFeatures(data, (value) => 3 * value + 4);
const column = (data: Dataset): Dataset => withColumn(data, (row) => data.labels[row]);
const none = (data: Dataset): Dataset => withColumn(data, () => 0.5);
const sentinel = (data: Dataset): Dataset => {
  const stream = random(5);
  return mapFeatures(data, (value, at) => (at === 0 && stream.next() < 0.06 ? -999 : value));
};
const upTo = (data: Dataset, n: number): Dataset =>
  rowsOf(
    data,
    Array.from({ length: n }, (_, i) => i),
  );
const plus = (data: Dataset, by: number): Dataset => mapLabels(data, (label) => label + by);

/** The inputs under so much noise that they tell little. */
function noisyInputs(data: Dataset): Dataset {
  const stream = random(data.n);
  return mapFeatures(data, (value) => value + 3 * stream.normal());
}

function shuffledRows(data: Dataset): Dataset {
  const stream = random(8);
  const order = Array.from({ length: data.n }, (_, row) => ({ row, at: stream.next() }));
  return rowsOf(
    data,
    order.sort((a, b) => a.at - b.at).map(({ row }) => row),
  );
}

export const CASES: readonly Planted[] = [
  {
    experiment: 'learning-rate-lower',
    cause: 'learning-rate-too-high',
    planted: { options: { ...USUAL, learningRate: 10 } },
    control: {},
  },
  {
    experiment: 'learning-rate-higher',
    cause: 'learning-rate-too-low',
    planted: { options: { ...USUAL, learningRate: 1e-5 } },
    control: { options: { ...USUAL, epochs: 40, learningRate: 0.05 } },
  },
  {
    experiment: 'longer-training',
    cause: 'trained-too-short',
    planted: { options: { ...USUAL, epochs: 3, learningRate: 0.005 } },
    control: { options: { ...USUAL, epochs: 30 } },
  },
  {
    experiment: 'smaller-batches',
    cause: 'batch-too-large',
    planted: { options: { ...USUAL, epochs: 6, batchSize: 150 } },
    control: { options: { ...USUAL, epochs: 120, batchSize: 150 } },
  },
  {
    experiment: 'standardised-input',
    cause: 'inputs-not-scaled',
    planted: { train: far(TRAIN), options: { ...USUAL, validation: far(VALIDATION) } },
    control: {},
  },
  {
    experiment: 'zero-input',
    cause: 'input-constant',
    planted: { train: mapFeatures(TRAIN, () => 0), options: USUAL },
    control: {},
  },
  {
    experiment: 'shuffled-labels',
    cause: 'labels-without-signal',
    planted: { train: outOfOrder },
    control: {},
  },
  {
    experiment: 'half-data',
    cause: 'too-few-examples',
    planted: { train: wide(80, 1), options: { epochs: 25, learningRate: 0.01, validation: wide(400, 2) } },
    control: { train: blobs(900), options: USUAL },
  },
  {
    experiment: 'reshuffled-split',
    cause: 'validation-differs',
    planted: { options: { ...USUAL, validation: strange(VALIDATION) } },
    control: {},
  },
  {
    experiment: 'validation-rescaled',
    cause: 'preprocessing-differs',
    planted: { options: { ...USUAL, validation: strange(VALIDATION) } },
    control: {},
  },
  {
    experiment: 'validation-alone',
    cause: 'validation-labels-wrong',
    planted: { options: { ...USUAL, validation: withLabelsShuffled(VALIDATION, 3, 'a test') } },
    control: {},
  },
  {
    experiment: 'without-column',
    cause: 'label-in-features',
    column: 'suspect',
    planted: {
      train: column(noisyInputs(TRAIN)),
      options: { ...USUAL, validation: column(noisyInputs(VALIDATION)) },
    },
    control: { train: none(TRAIN), options: { ...USUAL, validation: none(VALIDATION) } },
  },
  {
    experiment: 'without-duplicates',
    cause: 'duplicates-across-split',
    planted: { options: { ...USUAL, validation: halfOf(TRAIN, 2) }, rejudge: gone },
    control: { options: { ...USUAL, validation: upTo(TRAIN, 40) }, rejudge: stays },
  },
  {
    experiment: 'without-dropout',
    cause: 'regularised-too-much',
    planted: { spec: { dropout: 0.9 } },
    control: { spec: { dropout: 0.01 } },
  },
  {
    experiment: 'without-penalties',
    cause: 'regularised-too-much',
    planted: { spec: { hidden: { kernelRegularizer: 'l2' }, end: { kernelRegularizer: 'strong' } } },
    control: { spec: { hidden: { kernelRegularizer: 'weak' } } },
  },
  {
    experiment: 'without-augmentation',
    cause: 'augmentation-too-strong',
    planted: { spec: { between: ({ tf }) => tf.layers.gaussianNoise({ stddev: 30 }) } },
    control: { spec: { between: ({ tf }) => tf.layers.gaussianNoise({ stddev: 0.001 }) } },
  },
  {
    experiment: 'default-initialisation',
    cause: 'weights-too-large',
    planted: {
      spec: { end: { kernelInitializer: 'huge' } },
      options: { ...USUAL, epochs: 6, learningRate: 0.01 },
    },
    control: { spec: { end: { kernelInitializer: 'randomNormal' } }, options: { ...USUAL, epochs: 30 } },
  },
  {
    experiment: 'fitting-output',
    cause: 'output-does-not-fit-loss',
    planted: { spec: { after: ({ tf }) => tf.layers.dropout({ rate: 0.95 }), end: { activation: 'relu' } } },
    control: { spec: { after: ({ tf }) => tf.layers.activation({ activation: 'linear' }) } },
  },
  {
    experiment: 'added-non-linearities',
    cause: 'no-non-linearity',
    planted: {
      spec: { hidden: { activation: 'linear' }, deeper: 1 },
      train: corners(300, 1),
      options: { epochs: 30, learningRate: 0.02, validation: corners(150, 2) },
    },
    control: { spec: { hidden: { activation: 'linear' } }, options: { ...USUAL, epochs: 30 } },
  },
  {
    experiment: 'relu-for-sigmoid',
    cause: 'gradient-vanishes',
    planted: { spec: { hidden: { activation: 'sigmoid' }, deeper: 7 } },
    control: { spec: { hidden: { activation: 'tanh' } }, options: { ...USUAL, epochs: 30 } },
  },
  {
    experiment: 'unfrozen-layers',
    cause: 'layers-frozen',
    planted: { spec: { hidden: { trainable: false, units: 2 }, end: { trainable: false } } },
    control: { spec: { hidden: { trainable: false, units: 60 } }, options: { ...USUAL, epochs: 40 } },
  },
  {
    experiment: 'quicker-norm-statistics',
    cause: 'norm-statistics-stale',
    planted: {
      spec: { norm: { momentum: 0.9999 } },
      train: strange(TRAIN),
      options: { ...USUAL, validation: strange(VALIDATION) },
    },
    control: { spec: { norm: { momentum: 0.92 } }, options: { ...USUAL, epochs: 40 } },
  },
  {
    experiment: 'shuffled-order',
    cause: 'not-shuffled',
    planted: { train: sorted(TRAIN), options: { ...USUAL, shuffle: false, learningRate: 0.2, epochs: 4 } },
    control: { options: { ...USUAL, epochs: 30, shuffle: false } },
  },
  {
    experiment: 'classes-realigned',
    cause: 'class-codes-differ',
    planted: { options: { ...USUAL, validation: mapLabels(VALIDATION, (label) => (label + 1) % 3) } },
    control: {},
  },
  {
    experiment: 'labels-shifted',
    cause: 'labels-without-signal',
    planted: {
      train: withLabelsOf(
        shuffledRows(TRAIN),
        Array.from({ length: 150 }, (_, i) => (i + 1) % 150),
      ),
    },
    control: { train: shuffledRows(TRAIN) },
  },
  {
    experiment: 'sentinel-replaced',
    cause: 'missing-coded-as-number',
    planted: { train: sentinel(TRAIN), options: { ...USUAL, validation: sentinel(VALIDATION) } },
    control: {},
  },
  {
    experiment: 'standardised-target',
    cause: 'target-not-centred',
    planted: { train: plus(plane(200), 300), options: { ...USUAL, validation: plus(plane(100, 2), 300) } },
    control: { train: plane(200), options: { ...USUAL, epochs: 60, validation: plane(100, 2) } },
  },
  {
    experiment: 'balanced-classes',
    cause: 'too-rare-in-training',
    planted: { train: rare(400, 1), options: { ...USUAL, validation: rare(400, 2) } },
    control: {},
  },
  {
    experiment: 'wider-model',
    cause: 'model-too-small',
    planted: {
      spec: { hidden: null },
      train: corners(300, 1),
      options: { epochs: 30, learningRate: 0.02, validation: corners(150, 2) },
    },
    control: { options: { ...USUAL, epochs: 30 } },
  },
  {
    experiment: 'without-doubtful-labels',
    cause: 'labels-noisy',
    planted: { train: noisy(blobs(600), 0.35), options: { ...USUAL, epochs: 10 } },
    control: { train: blobs(600), options: USUAL },
  },
  {
    experiment: 'without-layer',
    cause: 'batch-mixed',
    planted: { spec: { between: 'mixing' }, rejudge: gone },
    control: { spec: { between: 'mixing' }, rejudge: stays },
  },
  {
    experiment: 'another-seed',
    cause: 'training-unstable',
    planted: { rejudge: gone },
    control: { rejudge: stays },
  },
];
