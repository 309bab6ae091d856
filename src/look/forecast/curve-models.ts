/**
 * A family of falling curves: error(n) = asymptote + height · shape(n / N; θ), N the largest size that is fitted.
 * `shape` is 1 at n = N for the power laws and falls from 1 at n = 0 for the others.
 */
export interface CurveModel {
  readonly id: 'pow3' | 'mmf4' | 'pow4' | 'wbl4';
  /** In the letters of the learning-curve database, for errors. */
  readonly formula: string;
  readonly shape: (u: number, theta: readonly number[], first: number) => number;
  /** Bounds of θ, and values from which fits start. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly grid: readonly (readonly number[])[];
  /** Parameters in the letters of the formula. */
  readonly named: (
    asymptote: number,
    height: number,
    theta: readonly number[],
    largest: number,
    first: number,
  ) => NamedParameters;
}

export type NamedParameters = Readonly<Record<string, number>>;

const cross = (...axes: readonly (readonly number[])[]): number[][] =>
  axes.reduce<number[][]>((rows, axis) => rows.flatMap((row) => axis.map((value) => [...row, value])), [[]]);

const POWERS = [0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2];

/** a + b·n^−c; θ = (c). */
const pow3: CurveModel = {
  id: 'pow3',
  formula: 'a + b·n^−c',
  shape: (u, theta) => u ** -theta[0],
  lower: [0.02],
  upper: [3],
  grid: POWERS.map((c) => [c]),
  named: (a, height, [c], largest) => ({ a, b: height * largest ** c, c }),
};

/** a + b·(n + d)^−c; θ = (c, d / N). */
const pow4: CurveModel = {
  id: 'pow4',
  formula: 'a + b·(n + d)^−c',
  shape: (u, theta, first) => {
    // d ≥ −0.9 × the smallest size keeps the base above 0.
    const d = Math.max(theta[1], -0.9 * first);
    return ((u + d) / (1 + d)) ** -theta[0];
  },
  lower: [0.02, -0.9],
  upper: [3, 1],
  grid: cross([0.2, 0.5, 1, 2], [0, 0.02, 0.15, 0.6]),
  named(a, height, [c, shift], largest, first) {
    const d = Math.max(shift, -0.9 * first);
    return { a, b: height * (largest * (1 + d)) ** c, c, d: d * largest };
  },
};

/** (a·b + c·n^d) / (b + n^d): from a at n = 0 to c; θ = (ln of the size where half is gone / N, d). */
const mmf4: CurveModel = {
  id: 'mmf4',
  formula: '(a·b + c·n^d) / (b + n^d)',
  shape: (u, theta) => 1 / (1 + (u / Math.exp(theta[0])) ** theta[1]),
  lower: [-12, 0.1],
  upper: [2, 4],
  grid: cross([-7, -4.5, -3, -1.5, -0.3], [0.4, 0.8, 1.3, 2.2]),
  named: (asymptote, height, [half, d], largest) => ({
    a: asymptote + height,
    b: (Math.exp(half) * largest) ** d,
    c: asymptote,
    d,
  }),
};

/** c + b·exp(−a·n^d); θ = (ln of the size where e^−1 is left / N, d). */
const wbl4: CurveModel = {
  id: 'wbl4',
  formula: 'c + b·exp(−a·n^d)',
  shape: (u, theta) => Math.exp(-((u / Math.exp(theta[0])) ** theta[1])),
  lower: [-12, 0.1],
  upper: [2, 4],
  grid: cross([-7, -4.5, -3, -1.5, -0.3], [0.25, 0.5, 0.9, 1.6]),
  named: (c, b, [scale, d], largest) => ({ a: (Math.exp(scale) * largest) ** -d, b, c, d }),
};

/**
 * The curves that are fitted beside "no change".
 *
 * @see Mohr, Viering, Loog & van Rijn, "LCDB 1.0: an extensive learning curves database", 2022
 */
export const CURVE_MODELS: readonly CurveModel[] = [pow3, mmf4, pow4, wbl4];
