import { compareSets } from '../data/profile/compare-sets';
import type { Dataset } from '../data/types';
import { NOTHING_YET } from './nothing-yet';
import { prepareSets, type PrepareChoice } from './prepare-sets';
import { summarizeData } from './summarize-data';
import type { RunLog } from './types';

/** Returns a log that knows nothing but the data: what checks of the data alone look at. */
export function dataLog(
  fn: string,
  train: Dataset,
  validation: Dataset | undefined,
  prepare: PrepareChoice | undefined,
): RunLog {
  const sets = prepareSets(fn, train, validation, prepare);
  return {
    ...NOTHING_YET,
    kind: 'run-log',
    schemaVersion: 1,
    name: train.name,
    createdBy: 'fit',
    task: train.task,
    classes: train.classes,
    config: {
      ...{
        epochs: 0,
        batchSize: 0,
        stepsPerEpoch: 0,
        optimizer: '',
        learningRate: NaN,
        loss: '',
        metrics: [],
      },
      ...{ shuffle: true, initialWeights: 'built' },
    },
    seed: null,
    engine: { name: 'unknown', version: '', reason: 'nothing was trained', steps: '' },
    model: { layers: [], parameters: 0 },
    data: {
      train: summarizeData(sets.train),
      validation: sets.validation ? summarizeData(sets.validation) : null,
      split: sets.validation ? compareSets(sets.train, sets.validation) : null,
    },
    ...(sets.train.preparation && { preparation: sets.train.preparation }),
    goals: { humanLevel: null, baseline: null },
  };
}
