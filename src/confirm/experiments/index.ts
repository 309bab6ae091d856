import type { Experiment } from '../experiment';
import { addedNonLinearities } from './added-non-linearities';
import { anotherSeed } from './another-seed';
import { balancedClasses } from './balanced-classes';
import { classesRealigned } from './classes-realigned';
import { defaultInitialisation } from './default-initialisation';
import { easiestAlone } from './easiest-alone';
import { fittingOutput } from './fitting-output';
import { halfData } from './half-data';
import { labelsShifted } from './labels-shifted';
import { learningRateHigher } from './learning-rate-higher';
import { learningRateLower } from './learning-rate-lower';
import { longerTraining } from './longer-training';
import { overfitOneBatch } from './overfit-one-batch';
import { quickerNormStatistics } from './quicker-norm-statistics';
import { reluForSigmoid } from './relu-for-sigmoid';
import { reshuffledSplit } from './reshuffled-split';
import { sentinelReplaced } from './sentinel-replaced';
import { shuffledLabels } from './shuffled-labels';
import { shuffledOrder } from './shuffled-order';
import { smallerBatches } from './smaller-batches';
import { standardisedInput } from './standardised-input';
import { standardisedTarget } from './standardised-target';
import { unfrozenLayers } from './unfrozen-layers';
import { validationAlone } from './validation-alone';
import { validationRescaled } from './validation-rescaled';
import { widerModel } from './wider-model';
import { withoutAugmentation } from './without-augmentation';
import { withoutColumn } from './without-column';
import { withoutDoubtfulLabels } from './without-doubtful-labels';
import { withoutDropout } from './without-dropout';
import { withoutDuplicates } from './without-duplicates';
import { withoutLayer } from './without-layer';
import { withoutPenalties } from './without-penalties';
import { zeroInput } from './zero-input';

/** Every experiment; which is run is chosen by what it tells of the causes for what it takes. */
export const EXPERIMENTS: readonly Experiment[] = [
  addedNonLinearities,
  anotherSeed,
  balancedClasses,
  classesRealigned,
  defaultInitialisation,
  easiestAlone,
  fittingOutput,
  halfData,
  labelsShifted,
  learningRateHigher,
  learningRateLower,
  longerTraining,
  overfitOneBatch,
  quickerNormStatistics,
  reluForSigmoid,
  reshuffledSplit,
  sentinelReplaced,
  shuffledLabels,
  shuffledOrder,
  smallerBatches,
  standardisedInput,
  standardisedTarget,
  unfrozenLayers,
  validationAlone,
  validationRescaled,
  widerModel,
  withoutAugmentation,
  withoutColumn,
  withoutDoubtfulLabels,
  withoutDropout,
  withoutDuplicates,
  withoutLayer,
  withoutPenalties,
  zeroInput,
];
