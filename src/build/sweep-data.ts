import { compareSets } from '../data/profile/compare-sets';
import type { SetsCompared } from '../data/profile/types';
import { takeExamples } from '../data/take-examples';
import type { Dataset } from '../data/types';
import { shareData } from '../engine/sweep/share-data';
import type { TrainingData } from '../engine/train/types';
import { summarizeData } from './summarize-data';
import { trainingData } from './training-data';
import type { DataSummary } from './types';

/** Data sets of a sweep, each put into shared memory and summarized once. */
export interface SweepData {
  shared(data: Dataset, units: number): TrainingData;
  summary(data: Dataset): DataSummary;
  /** How the validation examples differ from the training examples; made once for each pair. */
  compared(train: Dataset, validation: Dataset): SetsCompared;
  /** The examples of a subset as a data set of its own; made once for each array of rows. */
  part(data: Dataset, subset: Int32Array | null): Dataset;
}

/** Returns the data sets of a sweep, none of them made yet. */
export function sweepData(): SweepData {
  const known = new Map<Dataset, Map<number, TrainingData>>();
  const summaries = new WeakMap<Dataset, DataSummary>();
  const comparisons = new WeakMap<Dataset, WeakMap<Dataset, SetsCompared>>();
  return {
    shared(data, units) {
      const byUnits = known.get(data) ?? new Map<number, TrainingData>();
      known.set(data, byUnits);
      const found = byUnits.get(units);
      if (found) return found;
      const [other] = byUnits.values();
      const plain = trainingData(data, units);
      const made = shareData(other ? { ...plain, inputs: other.inputs, labels: other.labels } : plain);
      byUnits.set(units, made);
      return made;
    },
    summary(data) {
      const found = summaries.get(data) ?? summarizeData(data);
      summaries.set(data, found);
      return found;
    },
    compared(train, validation) {
      const own = comparisons.get(train) ?? new WeakMap<Dataset, SetsCompared>();
      comparisons.set(train, own);
      const found = own.get(validation) ?? compareSets(train, validation);
      own.set(validation, found);
      return found;
    },
    part: (data, subset) => (subset ? takeExamples(data, subset) : data),
  };
}
