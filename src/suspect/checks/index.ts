import type { Check } from '../check';
import { answers } from './answers';
import { classCounts } from './class-counts';
import { easyWorseThanHard } from './easy-worse-than-hard';
import { frozenWeights } from './frozen-weights';
import { gradientFlow } from './gradient-flow';
import { hiddenLayers } from './hidden-layers';
import { inferenceMode } from './inference-mode';
import { initialLoss } from './initial-loss';
import { initialWeights } from './initial-weights';
import { inputScale } from './input-scale';
import { inputValues } from './input-values';
import { labelInColumns } from './label-in-columns';
import { labelOrder } from './label-order';
import { lossCourse } from './loss-course';
import { mixedExamples } from './mixed-examples';
import { nonFinite } from './non-finite';
import { notLearning } from './not-learning';
import { outputLayer } from './output-layer';
import { overfitting } from './overfitting';
import { penalties } from './penalties';
import { progress } from './progress';
import { repeatedColumns } from './repeated-columns';
import { sentinelValues } from './sentinel-values';
import { splitCompared } from './split-compared';
import { targetCentre } from './target-centre';
import { testLevel } from './test-level';
import { underfitting } from './underfitting';
import { units } from './units';
import { updates } from './updates';
import { validationLevel } from './validation-level';
import { validationTooGood } from './validation-too-good';

/** Checks of the data, which need no training. */
export const DATA_CHECKS = [
  inputValues,
  inputScale,
  sentinelValues,
  repeatedColumns,
  labelInColumns,
  labelOrder,
  classCounts,
  targetCentre,
  splitCompared,
] as readonly Check[];

/** Checks of the model as it was built. */
export const MODEL_CHECKS = [
  outputLayer,
  hiddenLayers,
  frozenWeights,
  initialWeights,
  penalties,
  mixedExamples,
] as readonly Check[];

/** Checks of what there is before the first step. */
export const CHECKS_BEFORE_TRAINING: readonly Check[] = [
  ...DATA_CHECKS,
  ...MODEL_CHECKS,
  initialLoss as Check,
];

/** Checks of what happened in training: numbers, start, steps, layers, course, end, errors. */
const RUN_CHECKS = [
  nonFinite,
  initialLoss,
  updates,
  gradientFlow,
  units,
  lossCourse,
  progress,
  notLearning,
  underfitting,
  answers,
  inferenceMode,
  validationLevel,
  overfitting,
  validationTooGood,
  testLevel,
  easyWorseThanHard,
] as readonly Check[];

/** Every check, in the order in which a run is read. */
export const CHECKS: readonly Check[] = [...DATA_CHECKS, ...MODEL_CHECKS, ...RUN_CHECKS];
