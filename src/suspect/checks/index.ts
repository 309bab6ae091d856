import type { Check } from '../check';
import { easyWorseThanHard } from './easy-worse-than-hard';
import { initialLoss } from './initial-loss';
import { nonFinite } from './non-finite';
import { notLearning } from './not-learning';
import { overfitting } from './overfitting';
import { validationTooGood } from './validation-too-good';

/** Every check, in the order in which a run is read: numbers, start, course, end, errors. */
export const CHECKS: readonly Check[] = [
  nonFinite,
  initialLoss,
  notLearning,
  overfitting,
  validationTooGood,
  easyWorseThanHard,
] as readonly Check[];
