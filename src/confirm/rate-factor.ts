import type { RunLog } from '../build/types';

/** Update ratio ‖Δw‖ / ‖w‖ of a step in the first epoch beyond which it is large, and which is usual. */
const USUAL = 0.01;
/** Rates that most optimizers do well with. */
const DEFAULTS: Readonly<Record<string, number>> = { sgd: 0.01, momentum: 0.01 };

/** Times the usual rate that a higher one may be. */
const MOST = 30;
/** Times the usual rate from which the usual one is taken. */
const FAR = 300;

/** Median over the layers of the mean update ratio of the first epoch; NaN where the log does not say. */
function firstRatio({ layers }: RunLog): number {
  const ratios = layers
    .filter(({ trainable }) => trainable)
    .map(({ updateRatio }) => updateRatio[0])
    .filter((ratio) => Number.isFinite(ratio))
    .sort((a, b) => a - b);
  return ratios[Math.floor(ratios.length / 2)] ?? NaN;
}

const decade = (power: number): number => Number(`1e${power}`);

/** Returns the factor of a rate that is surely lower: a tenth, or as many decades as the update ratio is too large by. */
export function lowerFactor(log: RunLog): number {
  const { learningRate, optimizer } = log.config;
  const usual = DEFAULTS[optimizer] ?? 0.001;
  // Far beyond what optimizers take, weights are as large as their steps, and no ratio tells how far.
  if (learningRate > FAR * usual) return decade(Math.round(Math.log10(usual / learningRate)));
  const decades = Math.ceil(Math.log10(firstRatio(log) / USUAL));
  return decade(-Math.min(3, Math.max(1, Number.isFinite(decades) ? decades : 1)));
}

/** Returns the factor of a rate that is surely higher, in the same way. */
export function higherFactor(log: RunLog): number {
  const { learningRate, optimizer } = log.config;
  const decades = Math.round(Math.log10(USUAL / firstRatio(log)));
  // Where gradients are small, ratios are too: a rate that no optimizer takes would help nobody.
  const most = Math.floor(Math.log10((MOST * (DEFAULTS[optimizer] ?? 0.001)) / learningRate));
  return decade(Math.max(1, Math.min(4, most, Number.isFinite(decades) ? decades : 1)));
}
