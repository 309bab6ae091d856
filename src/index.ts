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
export { crossValidate } from './build/cross-validate';
export type { CrossValidateBaselineOptions, CrossValidateOptions } from './build/cross-validate-options';
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

export { confusion, type ConfusionOptions } from './look/confusion';
export { crossSlices } from './look/cross-slices';
export type * from './look/cross/types';
export { difficulty } from './look/difficulty';
export type * from './look/difficulty-options';
export type { BodyKind } from './look/cards/body-of';
export type { CardOptions } from './look/cards/card-maker';
export type * from './look/cards/types';
export type { SlicedMeasure, SlicedMetric } from './look/error-values';
export type { HardnessLearner } from './look/hardness/learners';
export type { OutputMeasure } from './look/sources/output-measures';
export type { TrainingMeasure } from './look/sources/training-difficulty';
export { exampleCards, type ExampleCardsOptions } from './look/example-cards';
export { forecast } from './look/forecast';
export type * from './look/forecast/types';
export { labelIssues } from './look/labels/label-issues';
export type { FilterBy } from './look/labels/filters';
export type { RankBy } from './look/labels/scores';
export type * from './look/labels/types';
export { learningCurve } from './look/learning-curve';
export { labelConfusion } from './look/label-confusion';
export { mostConfused } from './look/most-confused';
export { readTags } from './look/read-tags';
export type * from './look/size-curve/types';
export { sliceClusters } from './look/slice-clusters';
export type * from './look/clusters/types';
export { sliceByDifficulty, type SliceByDifficultyOptions } from './look/slice-by-difficulty';
export type { SliceCost } from './look/slice-cost';
export type { SliceError } from './look/slice-errors';
export { tagErrors } from './look/tag-errors';
export type { ErrorAbove } from './look/tags/error-rows';
export type { TaggedInput, TagsOfExample } from './look/tags/stored-tags';
export type { TagErrorsOptions } from './look/tags/tag-options';
export type * from './look/tags/types';
export { findSlices } from './look/slices/find-slices';
export { findSlicesInFile, type FindSlicesInFileOptions } from './look/slices/find-slices-in-file';
export type { FindSlicesOptions, SliceSearchOptions } from './look/slices/slice-options';
export type * from './look/slices/types';
export { topLosses } from './look/top-losses';
export type * from './look/types';
export type * from './look/dynamics/types';
export { trainingDynamics, type TrainingDynamicsOptions } from './look/training-dynamics';
export { withTags } from './look/with-tags';
export { worstSlice } from './look/worst-slice';
export { writeTags } from './look/write-tags';

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
