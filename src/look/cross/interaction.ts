import { random, type Random } from '../../core/random';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg';
import { binomialCdf } from '../../stats/binomial';
import { chiSquareTail } from '../../stats/chi-square-tail';
import { normalCdf } from '../../stats/normal-cdf';
import { additiveFit, degreesOfFreedom, misfit, type AdditiveFit, type FitCell } from './additive-fit';
import type { CrossInteraction } from './types';

const DRAWS = 999;

/** What is expected of a cell and how it differs. */
export interface CellTest {
  readonly expected: number;
  readonly z: number;
  readonly pValue: number;
  readonly adjusted: number;
}

export interface CrossTests {
  readonly interaction: CrossInteraction | null;
  /** In the order of the cells that were given. */
  readonly cells: readonly CellTest[];
}

/** A number of successes: counted off for few, a rounded normal for many. */
function binomialDraw(n: number, p: number, stream: Random): number {
  if (p > 0.5) return n - binomialDraw(n, 1 - p, stream);
  const mean = n * p;
  if (mean > 50)
    return Math.max(0, Math.min(n, Math.round(mean + Math.sqrt(mean * (1 - p)) * stream.normal())));
  let chance = Math.exp(n * Math.log1p(-p));
  let left = stream.next();
  let k = 0;
  while (left > chance && k < n) {
    left -= chance;
    chance *= ((n - k) * p) / ((k + 1) * (1 - p));
    k++;
  }
  return k;
}

/** Cochran's rule: no expected count below 1, and at most a fifth of them below 5. */
function largeEnough(cells: readonly FitCell[], { expected }: AdditiveFit): boolean {
  const counts = cells.flatMap(({ n }, c) => [n * expected[c], n * (1 - expected[c])]);
  return Math.min(...counts) >= 1 && counts.filter((count) => count < 5).length <= counts.length / 5;
}

/** Share of the draws of the model without interaction that lie as far from it; the data themselves count as one. */
function simulated(
  cells: readonly FitCell[],
  fit: AdditiveFit,
  rows: number,
  columns: number,
  seed: number,
): number {
  const stream = random(seed).fork('interaction');
  let asFar = 1;
  for (let draw = 0; draw < DRAWS; draw++) {
    const drawn = cells.map((cell, c) => ({ ...cell, y: binomialDraw(cell.n, fit.expected[c], stream) }));
    const events = drawn.reduce((sum, { y }) => sum + y, 0);
    if (events > 0 && misfit(drawn, rows, columns) >= fit.statistic - 1e-9) asFar++;
  }
  return asFar / (DRAWS + 1);
}

/** Two-sided, the larger of the exact binomial at the expected share and the normal of the residual. */
function cellP({ n, y, variance }: FitCell, expected: number, z: number): number {
  if (Number.isNaN(z)) return NaN;
  const normal = 2 * normalCdf(-Math.abs(z));
  if (variance !== null) return normal;
  const below = binomialCdf(y, n, expected);
  const above = y === 0 ? 1 : 1 - binomialCdf(y - 1, n, expected);
  return Math.max(normal, Math.min(1, 2 * below, 2 * above));
}

/**
 * Returns whether the effect of the rows depends on the column, and which cells stand out from what row and column give.
 *
 * @param cells those that are not empty
 * @param tested whether each has enough examples to be judged by itself; means take part in the test only where they have
 */
export function crossTests(
  cells: readonly FitCell[],
  tested: readonly boolean[],
  rows: number,
  columns: number,
  seed: number,
): CrossTests {
  const counted = cells[0]?.variance === null;
  const used = cells.map((_, c) => c).filter((c) => counted || (tested[c] && cells[c].variance! > 0));
  const fitted = used.map((c) => cells[c]);
  const unknown: CellTest = { expected: NaN, z: NaN, pValue: NaN, adjusted: NaN };
  const events = fitted.reduce((sum, { y }) => sum + y, 0);
  const n = fitted.reduce((sum, cell) => sum + cell.n, 0);
  if (fitted.length === 0 || events === 0 || (counted && events === n))
    return { interaction: null, cells: cells.map(() => unknown) };
  const fit = additiveFit(fitted, rows, columns);
  const df = degreesOfFreedom(fitted);
  const p = cells.map(() => NaN);
  used.forEach((c, u) => (p[c] = tested[c] && df > 0 ? cellP(cells[c], fit.expected[u], fit.z[u]) : NaN));
  const adjusted = benjaminiHochberg(p);
  const of = cells.map((): CellTest => unknown);
  used.forEach((c, u) => {
    const z = Number.isNaN(p[c]) ? NaN : fit.z[u];
    of[c] = { expected: fit.expected[u], z, pValue: p[c], adjusted: adjusted[c] };
  });
  if (df < 1) return { interaction: null, cells: of };
  const simulate = counted && !largeEnough(fitted, fit);
  return {
    interaction: {
      statistic: fit.statistic,
      df,
      pValue: simulate ? simulated(fitted, fit, rows, columns, seed) : chiSquareTail(fit.statistic, df),
      by: simulate ? 'simulation' : 'chi-square',
      draws: simulate ? DRAWS : 0,
      n,
      cells: fitted.length,
    },
    cells: of,
  };
}
