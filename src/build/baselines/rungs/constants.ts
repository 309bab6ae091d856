import type { Dataset } from '../../../data/types';
import { fixedCost, type Answer, type Cost, type Learned, type Rung, type RungJob } from '../rung';
import { repeated, targetsOf } from '../targets';

const free = (): Cost => fixedCost(0);
const PARAMETER = 4;

/** A model that says the same of every example. */
function constant(
  row: ArrayLike<number>,
  says: 'output' | 'predicted',
  { validation, check }: RungJob,
): Learned {
  const answer = ({ n }: Dataset): Answer => {
    const rows = repeated(row, n);
    return says === 'output' ? { output: rows } : { predicted: rows };
  };
  return {
    answers: [{ validation: answer(validation), train: answer(check) }],
    size: { count: row.length, unit: 'parameters', bytes: PARAMETER * row.length },
    settings: {},
  };
}

/** Share of each class or label. */
function sharesOf(data: Dataset): Float64Array {
  const targets = targetsOf(data);
  const shares = new Float64Array(data.classes.length);
  if (targets.kind === 'class') for (let i = 0; i < data.n; i++) shares[targets.codes[i]] += 1 / data.n;
  if (targets.kind === 'labels')
    targets.columns.forEach((column, k) => (shares[k] = column.reduce((sum, has) => sum + has, 0) / data.n));
  return shares;
}

const constantRung = (rung: Pick<Rung, 'name' | 'what' | 'fits' | 'train'>): Rung => ({
  trivial: true,
  weight: 0,
  cost: free,
  ...rung,
});

/** Always the most frequent class. */
export const majorityClass = constantRung({
  name: 'majority class',
  what: 'always the most frequent class',
  fits: (task) => task === 'classification',
  train: async (job) => {
    const shares = sharesOf(job.train);
    return constant([shares.indexOf(shares.reduce((a, b) => Math.max(a, b)))], 'predicted', job);
  },
});

/** The labels that more than half the examples have. */
export const majorityLabels = constantRung({
  name: 'majority of each label',
  what: 'always the labels that most examples have',
  fits: (task) => task === 'multi-label',
  train: async (job) =>
    constant(
      sharesOf(job.train).map((share) => Number(share > 0.5)),
      'predicted',
      job,
    ),
});

/** The shares of the classes as probabilities, whose log loss is their entropy. */
export const classPrior = constantRung({
  name: 'class prior',
  what: 'the class shares as probabilities',
  fits: (task) => task === 'classification',
  train: async (job) => constant(sharesOf(job.train), 'output', job),
});

/** The shares of the labels as probabilities. */
export const labelPrior = constantRung({
  name: 'label prior',
  what: 'the label shares as probabilities',
  fits: (task) => task === 'multi-label',
  train: async (job) => constant(sharesOf(job.train), 'output', job),
});

/** The mean, of least squared error. */
export const meanValue = constantRung({
  name: 'mean',
  what: 'always the mean',
  fits: (task) => task === 'regression',
  train: async (job) => {
    const { labels, n } = job.train;
    let mean = 0;
    for (let i = 0; i < n; i++) mean += labels[i] / n;
    return constant([mean], 'output', job);
  },
});

/** The median, of least absolute error. */
export const medianValue = constantRung({
  name: 'median',
  what: 'always the median',
  fits: (task) => task === 'regression',
  train: async (job) => {
    const sorted = Float64Array.from(job.train.labels).sort();
    const { length } = sorted;
    return constant([(sorted[(length - 1) >> 1] + sorted[length >> 1]) / 2], 'output', job);
  },
});
