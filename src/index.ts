import { setRendererLoader } from './core/showable';
import { installNotebook } from './notebook/install';

export { InputError, type InputErrorCode } from './core/input-error';
export type { MimeBundle } from './core/mime';
export type { ProgressEvent, ProgressListener } from './core/progress';
export type { Warning } from './core/warning';

export { asTable, type TableLike } from './data/as-table';
export { columnValue, type Cell } from './data/column-value';
export type { ColumnParts } from './data/column-parts';
export { dataset, type DatasetParts } from './data/dataset';
export { datasets } from './data/datasets';
export { fromDanfo, type DanfoFrame } from './data/from-danfo';
export { prepare } from './data/prepare/prepare';
export type * from './data/prepare/types';
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
  NumberColumn,
  Role,
  StringColumn,
  Table,
  Task,
} from './data/types';

export { predictionsFrom, type PredictionsFromOptions } from './metrics/predictions-from';
export type { Metric, MetricValue, Predictions } from './metrics/types';

export type { BuildContext, BuildModel } from './build/build-model';
export { evaluate, type EvaluateOptions } from './build/evaluate';
export { explainEngine, type EngineExplanation, type ExplainEngineOptions } from './build/explain-engine';
export { fit } from './build/fit';
export type { FitOptions } from './build/fit-options';
export type { OptimizerChoice, OptimizerName } from './build/optimizer-of';
export type { PrepareChoice } from './build/prepare-sets';
export { readRunLog } from './build/read-run-log';
export { recorder, type Recorder } from './build/recorder';
export type { RecorderOptions } from './build/recorder-options';
export type { Run } from './build/run';
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
  LayerRecord,
  LayerSummary,
  NonFinite,
  RunConfig,
  RunLog,
  Scores,
  StopReason,
} from './build/types';
export { writeRunLog } from './build/write-run-log';
export type { LossName } from './engine/losses';
export type { LayerCost } from './engine/plan/explain';
export type { TensorFlow } from './engine/tf';

export { confusion } from './look/confusion';
export { difficulty } from './look/difficulty';
export type * from './look/difficulty-options';
export { mostConfused } from './look/most-confused';
export { sliceByDifficulty } from './look/slice-by-difficulty';
export { topLosses } from './look/top-losses';
export type * from './look/types';
export { worstSlice } from './look/worst-slice';

export { overfitOneBatch } from './confirm/overfit-one-batch';
export type * from './confirm/types';
export { diagnose } from './suspect/diagnose';
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
