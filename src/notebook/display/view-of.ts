import type { Baseline, Baselines } from '../../build/baselines/types';
import type { EngineExplanation } from '../../build/explain-engine';
import type { LearningRateSearch } from '../../build/learning-rate-search';
import type { Runs } from '../../build/runs-types';
import type { Sweep, SweepRun } from '../../build/sweep-types';
import type { RunLog } from '../../build/types';
import type { Confirmation } from '../../confirm/types';
import type { Preparation } from '../../data/prepare/types';
import type { Dataset, Table } from '../../data/types';
import type { Figure } from '../../figures/figure';
import type { ExampleCards } from '../../look/cards/types';
import type { ClusterSlice, ClusterSlices } from '../../look/clusters/types';
import type { CrossSlices } from '../../look/cross/types';
import type { TrainingDynamics } from '../../look/dynamics/types';
import type { Forecast } from '../../look/forecast/types';
import type { LabelIssues } from '../../look/labels/types';
import type { SizeCurve } from '../../look/size-curve/types';
import type { AnySlices, SliceData, SliceFit } from '../../look/slices/types';
import type {
  Confusion,
  Difficulty,
  DifficultySlices,
  LabelConfusion,
  MostConfused,
  TopLosses,
} from '../../look/types';
import type { ErrorTags, StoredTags } from '../../look/tags/types';
import type { Predictions } from '../../metrics/types';
import type { Report } from '../../suspect/report';
import type { FindingData } from '../../suspect/types';
import type { View } from './view';
import { baselinesView, baselineView } from './views/baselines-view';
import { cardsView } from './views/cards-view';
import { clustersView, clusterView } from './views/cluster-view';
import { confirmationView } from './views/confirmation-view';
import { crossView } from './views/cross-view';
import { datasetView, predictionsView, tableView } from './views/data-views';
import { difficultyView, slicesView } from './views/difficulty-views';
import { dynamicsView } from './views/dynamics-view';
import { engineView } from './views/engine-view';
import { forecastView, sizeCurveView } from './views/forecast-views';
import { labelIssuesView } from './views/label-issues-view';
import { confusionView, labelConfusionView, mostConfusedView, topLossesView } from './views/look-views';
import { learningRateView } from './views/learning-rate-view';
import { preparationView } from './views/preparation-view';
import { findingView, reportView } from './views/report-view';
import { runView } from './views/run-view';
import { runsView } from './views/runs-view';
import { foundSlicesView } from './views/slices-view';
import { sliceFitView, sliceView } from './views/slice-view';
import { sweepRunView, sweepView } from './views/sweep-view';
import { errorTagsView, storedTagsView } from './views/tags-view';

type Shown =
  | { readonly kind: 'run'; readonly log: RunLog }
  | RunLog
  | Baselines
  | Baseline
  | Runs
  | Sweep
  | SweepRun
  | Report
  | FindingData
  | Confirmation
  | Predictions
  | Confusion
  | LabelConfusion
  | LabelIssues
  | MostConfused
  | TopLosses
  | ExampleCards
  | Difficulty
  | DifficultySlices
  | AnySlices
  | SliceData
  | SliceFit
  | ErrorTags
  | StoredTags
  | CrossSlices
  | ClusterSlices
  | ClusterSlice
  | TrainingDynamics
  | SizeCurve
  | Forecast
  | EngineExplanation
  | LearningRateSearch
  | Dataset
  | Preparation
  | Table
  | Figure;

type Views = { readonly [K in Shown['kind']]: (result: Extract<Shown, { kind: K }>) => View };

const VIEWS: Views = {
  run: (run) => runView(run.log),
  'run-log': runView,
  baselines: baselinesView,
  baseline: baselineView,
  runs: runsView,
  sweep: sweepView,
  'sweep-run': sweepRunView,
  report: reportView,
  finding: findingView,
  confirmation: confirmationView,
  predictions: predictionsView,
  confusion: confusionView,
  'label-confusion': labelConfusionView,
  'label-issues': labelIssuesView,
  'most-confused': mostConfusedView,
  'top-losses': topLossesView,
  'example-cards': cardsView,
  difficulty: difficultyView,
  'difficulty-slices': slicesView,
  slices: foundSlicesView,
  slice: sliceView,
  'slice-fit': sliceFitView,
  'error-tags': errorTagsView,
  'stored-tags': storedTagsView,
  'cross-slices': crossView,
  'cluster-slices': clustersView,
  'cluster-slice': clusterView,
  'training-dynamics': dynamicsView,
  'size-curve': sizeCurveView,
  forecast: forecastView,
  'engine-explanation': engineView,
  'learning-rate-search': learningRateView,
  dataset: datasetView,
  preparation: preparationView,
  table: tableView,
  figure: (figure) => ({ answer: figure.title, figure }),
};

/** Kinds of results that have a look of their own. */
export const SHOWN_KINDS: readonly string[] = Object.keys(VIEWS);

/** Returns what is shown of a result, or undefined for a kind without a look of its own. */
export function viewOf(result: object): View | undefined {
  const { kind } = result as { kind?: unknown };
  if (typeof kind !== 'string' || !Object.hasOwn(VIEWS, kind)) return undefined;
  return (VIEWS[kind as keyof Views] as (result: object) => View)(result);
}
