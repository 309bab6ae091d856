import type { Dataset } from '../data/types';
import type { TrainingData } from '../engine/train/types';
import { encodeTargets } from './encode-targets';

/** Returns the numbers of a data set that a training needs, the targets as a model with so many output units wants them. */
export const trainingData = (data: Dataset, units: number): TrainingData => ({
  task: data.task,
  n: data.n,
  inputs: data.features.values,
  targets: encodeTargets(data, units),
  labels: data.labels,
  table: data.features.shape.length === 1,
});
