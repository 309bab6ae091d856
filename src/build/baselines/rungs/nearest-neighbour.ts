import type { Dataset } from '../../../data/types';
import { nearestNeighbours, nearestSparse } from '../../learners/nearest-neighbour';
import { fixedCost, type Answer, type Rung } from '../rung';

/** Seconds of one feature of one pair. */
const PAIR = 0.8e-9;
const MOST_CHECKED = 2000;

/** The label of the most similar training example. */
export const nearestNeighbour: Rung = {
  name: 'nearest neighbour',
  what: 'the label of the most similar training example',
  weight: 1,
  fits: () => true,
  cost: (n, { dense, validation }) => fixedCost(PAIR * n * dense * (validation + Math.min(n, MOST_CHECKED))),
  async train({ train, validation, check, sparse, sizes, pause }) {
    const width = train.labels.length / train.n;
    const answer = async (data: Dataset): Promise<Answer> => {
      const nearest = sparse
        ? await nearestSparse(sparse(train), sparse(data), pause)
        : await nearestNeighbours(train.features.values, data.features.values, sizes.d, pause);
      const labels = Float64Array.from(
        { length: data.n * width },
        (_, e) => train.labels[Math.max(0, nearest[Math.floor(e / width)]) * width + (e % width)],
      );
      return train.task === 'regression' ? { output: labels } : { predicted: labels };
    };
    return {
      answers: [{ validation: await answer(validation), train: await answer(check) }],
      size: { count: train.n, unit: 'examples kept', bytes: 4 * train.n * (sizes.d + width) },
      settings: { neighbours: 1, distance: 'Euclidean' },
    };
  },
};
