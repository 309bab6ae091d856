import type { Rung } from './rung';
import { boosted } from './rungs/boosted-trees';
import {
  classPrior,
  labelPrior,
  majorityClass,
  majorityLabels,
  meanValue,
  medianValue,
} from './rungs/constants';
import { logistic, ridge } from './rungs/linear';
import { naiveBayesRung } from './rungs/naive-bayes';
import { nearestNeighbour } from './rungs/nearest-neighbour';
import { convolution1d, smallCnn, smallMlp } from './rungs/networks';

/** Every model of the ladder, from the simplest to the most complex. */
export const LADDER: readonly Rung[] = [
  majorityClass,
  majorityLabels,
  meanValue,
  medianValue,
  classPrior,
  labelPrior,
  naiveBayesRung,
  logistic,
  ridge,
  nearestNeighbour,
  boosted,
  smallMlp,
  smallCnn,
  convolution1d,
];
