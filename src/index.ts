import { setRendererLoader } from './core/showable';
import { installNotebook } from './notebook/install';

export { InputError, type InputErrorCode } from './core/input-error';
export type { MimeBundle } from './core/mime';
export type { ProgressEvent, ProgressListener, ProgressPart } from './core/progress';
export type { Warning } from './core/warning';

export { asTable, type TableLike } from './data/as-table';
export { columnValue, type Cell } from './data/column-value';
export type { ColumnParts } from './data/column-parts';
export { dataset, type DatasetParts } from './data/dataset';
export { datasets } from './data/datasets';
export { fromDanfo, type DanfoFrame } from './data/from-danfo';
export { prepare } from './data/prepare/prepare';
export type * from './data/prepare/types';
export type * from './data/profile/types';
export { readTable, type ReadTableOptions } from './data/read-table';
export type { TableFormat } from './data/read/table-format';
export { selectRows } from './data/select-rows';
export { splitDataset, type Split, type SplitOptions } from './data/split-dataset';
export { standardize } from './data/standardize';
export { table, type ColumnValues } from './data/table';
export type { TableParts } from './data/table-parts';
export { tableToRows } from './data/table-to-rows';
export { takeExamples } from './data/take-examples';
export { toDanfo } from './data/to-danfo';
export { withMetadata } from './data/with-metadata';
export type {
  BooleanColumn,
  Column,
  Dataset,
  DateColumn,
  FeatureBlock,
  Labels,
  NumberColumn,
  Role,
  StringColumn,
  Table,
  Task,
} from './data/types';

export { predictionsFrom, type PredictionsFromOptions } from './metrics/predictions-from';
export type { Metric, MetricValue, Predictions, SeedPredictions, SeedSpread } from './metrics/types';

export { baselines } from './build/baselines';
export type {
  Baseline,
  BaselineName,
  Baselines,
  BaselinesOptions,
  BehindBest,
  BetterByLoss,
  HumanGap,
  ModelSize,
} from './build/baselines/types';
export type { BuildContext, BuildModel } from './build/build-model';
export { evaluate, type EvaluateOptions } from './build/evaluate';
export { explainEngine, type EngineExplanation, type ExplainEngineOptions } from './build/explain-engine';
export { findLearningRate, type FindLearningRateOptions } from './build/find-learning-rate';
export { fit } from './build/fit';
export type { FitOptions, FitSeedsOptions } from './build/fit-options';
export type * from './build/learning-rate-search';
export type { OptimizerChoice, OptimizerName } from './build/optimizer-of';
export type { PrepareChoice } from './build/prepare-sets';
export { readRunLog } from './build/read-run-log';
export { recorder, type Recorder } from './build/recorder';
export type { RecorderOptions } from './build/recorder-options';
export type { Run } from './build/run';
export type { FailedSeed, Runs, RunsMoment, SpreadScores } from './build/runs-types';
export { sweep } from './build/sweep';
export type {
  Spread,
  Subset,
  Sweep,
  SweepConfiguration,
  SweepOptions,
  SweepRun,
  SweepSummary,
} from './build/sweep-types';
export type {
  ActivationRecord,
  DataSummary,
  EngineRecord,
  EpochRecord,
  Estimate,
  ExampleDynamics,
  Goal,
  InitialWeights,
  LayerRecord,
  LayerSummary,
  NonFinite,
  Outcome,
  ResidualByColumn,
  RunConfig,
  RunLog,
  Scores,
  StopReason,
  TrainedOutcome,
} from './build/types';
export type { StepOptions } from './build/step-options';
export { writeRunLog } from './build/write-run-log';
export type { LossName } from './engine/losses';
export type { LayerCost } from './engine/plan/explain';
export type { TensorFlow } from './engine/tf';
export type { Schedule, ScheduleSpec } from './engine/train/schedule';

export { confusion } from './look/confusion';
export { crossSlices } from './look/cross-slices';
export type * from './look/cross/types';
export { difficulty } from './look/difficulty';
export type * from './look/difficulty-options';
export type { SlicedMeasure, SlicedMetric } from './look/error-values';
export type { HardnessLearner } from './look/hardness/learners';
export type { OutputMeasure } from './look/sources/output-measures';
export type { TrainingMeasure } from './look/sources/training-difficulty';
export { forecast } from './look/forecast';
export type * from './look/forecast/types';
export { learningCurve } from './look/learning-curve';
export { labelConfusion } from './look/label-confusion';
export { mostConfused } from './look/most-confused';
export type * from './look/size-curve/types';
export { sliceClusters } from './look/slice-clusters';
export type * from './look/clusters/types';
export { sliceByDifficulty, type SliceByDifficultyOptions } from './look/slice-by-difficulty';
export type { SliceCost } from './look/slice-cost';
export type { SliceError } from './look/slice-errors';
export { topLosses } from './look/top-losses';
export type * from './look/types';
export type * from './look/dynamics/types';
export { trainingDynamics, type TrainingDynamicsOptions } from './look/training-dynamics';
export { worstSlice } from './look/worst-slice';

export { overfitOneBatch, type OneBatch, type OverfitOneBatchOptions } from './confirm/overfit-one-batch';
export type * from './confirm/types';
export { diagnose } from './suspect/diagnose';
export { inspectDataset, type InspectDatasetOptions } from './suspect/inspect-dataset';
export { inspectModel } from './suspect/inspect-model';
export type { Finding, Report } from './suspect/report';
export type * from './suspect/types';

export * as figures from './figures';
export type { Figure, Trace } from './figures/figure';
export { show, type ShowOptions } from './notebook/display/show';

setRendererLoader(() => {
  const { createRenderer } =
    require('./notebook/display/renderer') as typeof import('./notebook/display/renderer');
  return createRenderer();
});
installNotebook();
