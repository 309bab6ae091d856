import type { LayersModel } from '@tensorflow/tfjs';
import { compareSets } from '../data/profile/compare-sets';
import type { SetsCompared } from '../data/profile/types';
import type { Dataset } from '../data/types';
import { metricsOf } from '../engine/train/score';
import { hasModule } from '../engine/plan/module';
import type { TrainingSession } from '../engine/training-session';
import type { Engine } from '../engine/use-engine';
import { directionsOf } from '../metrics/metrics';
import type { FitOptions } from './fit-options';
import { goalsOf } from './goals';
import type { StepOptions } from './step-options';
import { summarizeData } from './summarize-data';
import type { InitialFacts } from './initial-facts';
import { summarizeModel } from './summarize-model';
import type { DataSummary, EngineRecord, RunConfig, RunLog } from './types';

/** The parts of a log that are known before anything is measured. */
export type FixedParts = Omit<
  RunLog,
  | 'initial'
  | 'steps'
  | 'epochs'
  | 'layers'
  | 'activations'
  | 'examples'
  | 'outcome'
  | 'mixing'
  | 'nonFinite'
  | 'stopped'
  | 'timing'
  | 'warnings'
>;

/** What ran the steps. A plan is WebAssembly whatever TensorFlow.js itself runs on. */
export function engineRecord(
  { name, version, reason }: Engine,
  { id }: Pick<TrainingSession, 'id'>,
): EngineRecord {
  return { name: id === 'plan' ? 'wasm' : name, version, reason, steps: id };
}

/** What the fixed parts are made of. */
export interface FixedFacts {
  readonly data: Dataset;
  readonly options: Pick<FitOptions, 'name' | 'validation' | 'goals'> & StepOptions;
  readonly model: LayersModel;
  readonly loss: string;
  readonly seed: number;
  /** Whether the model was made for this training. */
  readonly built: boolean;
  readonly config: Pick<
    RunConfig,
    'epochs' | 'batchSize' | 'shuffle' | 'optimizer' | 'learningRate' | 'weightDecay'
  >;
  readonly engine: EngineRecord;
  /** Of the data, where they are known already. */
  readonly summaries?: {
    readonly train: DataSummary;
    readonly validation: DataSummary | null;
    readonly split: SetsCompared | null;
  };
  /** The weights before the first step, where they have changed since. */
  readonly initialWeights?: ReadonlyMap<string, InitialFacts>;
}

/** What was told of the steps, without what was not. */
function stepsTold(options: StepOptions, steps: string, weightDecay = 0): Partial<RunConfig> {
  const { schedule, clipNorm, clipValue, classWeights, exampleWeights: weights, fast } = options;
  const exampleWeights = weights === undefined || typeof weights === 'string' ? weights : 'numbers';
  const told = {
    ...{ schedule, clipNorm, clipValue, classWeights, exampleWeights },
    weightDecay: weightDecay > 0 ? weightDecay : undefined,
    fast: fast ? steps === 'plan' && hasModule('fast') : undefined,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

/** Returns the parts of a log that are known before anything is measured. */
export function fixedParts(facts: FixedFacts): FixedParts {
  const { data, options, config } = facts;
  const { validation } = options;
  return {
    kind: 'run-log',
    schemaVersion: 1,
    name: options.name ?? data.name,
    createdBy: 'fit',
    task: data.task,
    classes: data.classes,
    config: {
      epochs: config.epochs,
      batchSize: config.batchSize,
      stepsPerEpoch: Math.ceil(data.n / config.batchSize),
      optimizer: config.optimizer,
      learningRate: config.learningRate,
      loss: facts.loss,
      metrics: metricsOf(data),
      higherIsBetter: directionsOf(metricsOf(data)),
      shuffle: config.shuffle,
      ...stepsTold(options, facts.engine.steps, config.weightDecay),
      initialWeights: facts.built ? 'built' : 'given',
    },
    seed: facts.seed,
    engine: facts.engine,
    model: summarizeModel(facts.model, facts.initialWeights),
    data: facts.summaries ?? {
      train: summarizeData(data),
      validation: validation ? summarizeData(validation) : null,
      split: validation ? compareSets(data, validation) : null,
    },
    ...(data.preparation && { preparation: data.preparation }),
    goals: goalsOf('fit', options.goals),
  };
}
