import { random } from '../../../src/core/random';
import type { CurveData } from '../../../src/look/forecast/types';

export const SIZES = [16, 23, 32, 45, 64, 91, 128, 181, 256, 362, 512];

export const powerLaw =
  (a: number, b: number, c: number) =>
  (n: number): number =>
    a + b * n ** -c;

/** Five seeds around a curve, each with a relative spread. */
export function curveOf(
  curve: (n: number) => number,
  { spread = 0.04, testSize = 2000, seed = 1, seeds = 5 } = {},
): CurveData {
  const stream = random(seed);
  const errors = Array.from({ length: seeds }, () =>
    SIZES.map((n) => Math.max(0, curve(n) * (1 + spread * stream.normal()))),
  );
  return { sizes: SIZES, errors, testSize };
}
