import type { Design } from './design';
import { lbfgs, lbfgsAtOnce, type Minimum } from './lbfgs';
import { logisticLoss, sigmoid, softmaxRows } from './links';

/** Options of {@link logisticRegression}. */
export interface LogisticOptions {
  /** Inverse of the penalty's strength, as in scikit-learn; defaults to 1. */
  readonly c?: number;
  /** Largest entry of the gradient of the mean loss at which the search ends; defaults to 1e-5. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
  /** Awaited after each step; true ends the search. */
  readonly pause?: () => Promise<boolean>;
}

/** Weights U×D and biases U: one unit for two classes and for a mark, K units for K classes. */
export interface LinearModel {
  readonly weights: Float64Array;
  readonly biases: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Mean loss with penalty ½‖w‖² / (C·N), as a function of weights and biases; biases are not penalised. */
function objectiveOf(
  design: Design,
  codes: ArrayLike<number>,
  units: number,
  c: number,
): (x: Float64Array, gradient: Float64Array) => number {
  const { n, d } = design;
  const residuals = new Float64Array(n * units);
  return (x, gradient) => {
    const weights = x.subarray(0, units * d);
    const biases = x.subarray(units * d);
    design.scores(weights, biases, residuals);
    let loss = 0;
    if (units === 1) {
      for (let i = 0; i < n; i++) {
        loss += logisticLoss(residuals[i], codes[i]);
        residuals[i] = (sigmoid(residuals[i]) - codes[i]) / n;
      }
    } else {
      softmaxRows(residuals, units);
      for (let i = 0; i < n; i++) {
        loss -= Math.log(Math.max(residuals[i * units + codes[i]], 1e-300));
        residuals[i * units + codes[i]] -= 1;
      }
      for (let e = 0; e < residuals.length; e++) residuals[e] /= n;
    }
    gradient.fill(0);
    design.gather(residuals, units, gradient);
    for (let i = 0; i < n; i++)
      for (let u = 0; u < units; u++) gradient[units * d + u] += residuals[i * units + u];
    let squares = 0;
    for (let j = 0; j < units * d; j++) {
      squares += x[j] * x[j];
      gradient[j] += x[j] / (c * n);
    }
    return loss / n + squares / (2 * c * n);
  };
}

/** Units that K classes take: one logit for two. */
const unitsOf = (classes: number): number => (classes === 2 ? 1 : classes);

function modelOf({ x, iterations, converged }: Minimum, units: number, d: number): LinearModel {
  return { weights: x.slice(0, units * d), biases: x.slice(units * d), iterations, converged };
}

/**
 * Returns a logistic regression with an L2 penalty, C·Σ loss + ½‖w‖², found by L-BFGS: one logit for two classes, softmax
 * over K for more. The features should be standardised, since the penalty takes their scale at its word.
 *
 * @param design N examples × D features
 * @param codes N class codes 0 … K−1
 * @param classes K ≥ 2
 * @see scikit-learn, `LogisticRegression`: the same objective
 */
export async function logisticRegression(
  design: Design,
  codes: ArrayLike<number>,
  classes: number,
  options: LogisticOptions = {},
): Promise<LinearModel> {
  const { c = 1, ...rest } = options;
  const units = unitsOf(classes);
  const start = new Float64Array(units * (design.d + 1));
  return modelOf(await lbfgs(objectiveOf(design, codes, units, c), start, rest), units, design.d);
}

/** As {@link logisticRegression}, in one go. */
export function logisticRegressionAtOnce(
  design: Design,
  codes: ArrayLike<number>,
  classes: number,
  options: Omit<LogisticOptions, 'pause'> = {},
): LinearModel {
  const { c = 1, ...rest } = options;
  const units = unitsOf(classes);
  const start = new Float64Array(units * (design.d + 1));
  return modelOf(lbfgsAtOnce(objectiveOf(design, codes, units, c), start, rest), units, design.d);
}

/** Returns the probabilities N×K that a logistic regression gives, or N×1 (of class 1) where it has one unit. */
export function logisticProbabilities({ weights, biases }: LinearModel, design: Design): Float64Array {
  const units = biases.length;
  const scores = new Float64Array(design.n * units);
  design.scores(weights, biases, scores);
  return units === 1 ? scores.map(sigmoid) : softmaxRows(scores, units);
}
