import type { Random } from '../../core/random';

/** What the mixture is made from: coordinates and one or several categories of each example. */
export interface MixtureData {
  /** N×Q. */
  readonly points: Float64Array;
  readonly n: number;
  readonly q: number;
  /** Codes of each example, such as its label and its prediction, and how many codes there are. */
  readonly categories: readonly { readonly codes: Int32Array; readonly size: number }[];
  /** Examples that are wrong, or the worst of values. */
  readonly bad: Uint8Array;
}

/** Parts with a diagonal normal distribution each, and shares of the categories. */
export interface Mixture {
  readonly q: number;
  readonly count: number;
  readonly logShares: Float64Array;
  /** S×Q. */
  readonly means: Float64Array;
  readonly variances: Float64Array;
  /** By category: S×size, logarithms. */
  readonly logCategories: readonly Float64Array[];
  readonly iterations: number;
  readonly converged: boolean;
}

/** Added to every variance, as a share of that of all examples along the axis. */
const FLOOR = 1e-3;
/** Examples by the shares of all that are added to the counts of a category. */
const SMOOTHING = 1;
const MOST_ITERATIONS = 100;
const TOLERANCE = 1e-5;

/** Means to begin with: k-means++ and a few turns of k-means among some rows; returns the group of each row. */
function groupsOf(
  { points, q }: MixtureData,
  rows: readonly number[],
  k: number,
  stream: Random,
): Int32Array {
  const centres = new Float64Array(k * q);
  const group = new Int32Array(rows.length);
  const near = new Float64Array(rows.length).fill(Infinity);
  const away = (row: number, c: number): number => {
    let sum = 0;
    for (let j = 0; j < q; j++) sum += (points[row * q + j] - centres[c * q + j]) ** 2;
    return sum;
  };
  for (let c = 0; c < k; c++) {
    let left = stream.next() * near.reduce((sum, x) => sum + (Number.isFinite(x) ? x : 1), 0);
    let chosen = 0;
    while (chosen < rows.length - 1 && (left -= Number.isFinite(near[chosen]) ? near[chosen] : 1) > 0)
      chosen++;
    centres.set(points.subarray(rows[chosen] * q, (rows[chosen] + 1) * q), c * q);
    rows.forEach((row, r) => {
      const far = away(row, c);
      if (far < near[r]) {
        near[r] = far;
        group[r] = c;
      }
    });
  }
  for (let turn = 0; turn < 5; turn++) {
    const counts = new Float64Array(k);
    const sums = new Float64Array(k * q);
    rows.forEach((row, r) => {
      counts[group[r]]++;
      for (let j = 0; j < q; j++) sums[group[r] * q + j] += points[row * q + j];
    });
    for (let e = 0; e < sums.length; e++)
      if (counts[Math.floor(e / q)] > 0) centres[e] = sums[e] / counts[Math.floor(e / q)];
    rows.forEach((row, r) => {
      let least = Infinity;
      for (let c = 0; c < k; c++) {
        const far = away(row, c);
        if (far < least) {
          least = far;
          group[r] = c;
        }
      }
    });
  }
  return group;
}

/** Shares out `parts` among sizes by their share, largest remainders first; at least one each as far as they go. */
function dealt(sizes: readonly number[], parts: number): number[] {
  const order = sizes.map((_, i) => i).sort((x, y) => sizes[y] - sizes[x] || x - y);
  const given = sizes.map(() => 0);
  for (let p = 0; p < parts && sizes.length > 0; p++) {
    let best = order[0];
    for (const i of order) if (sizes[i] / (given[i] + 0.5) > sizes[best] / (given[best] + 0.5)) best = i;
    given[best]++;
  }
  return given;
}

/** Parts to begin with: half of them among what is wrong, half among the rest, each cell of label and prediction its own. */
function startOf(data: MixtureData, count: number, stream: Random): Int32Array {
  const { n, categories, bad } = data;
  const cells = new Map<string, number[]>();
  for (let i = 0; i < n; i++) {
    const key = `${bad[i]} ${categories.map(({ codes }) => codes[i]).join(' ')}`;
    const rows = cells.get(key);
    if (rows) rows.push(i);
    else cells.set(key, [i]);
  }
  const all = [...cells.values()];
  const [wrong, right] = [1, 0].map((b) => all.filter((rows) => bad[rows[0]] === b));
  const ofWrong = wrong.length === 0 ? 0 : right.length === 0 ? count : Math.floor(count / 2);
  const part = new Int32Array(n).fill(-1);
  let next = 0;
  for (const [group, parts] of [
    [wrong, ofWrong],
    [right, count - ofWrong],
  ] as const) {
    // prettier-ignore
    const given = dealt(group.map((rows) => rows.length), parts); // prettier-ignore
    const first = next;
    group.forEach((rows, g) => {
      const k = Math.min(given[g], rows.length);
      // Cells too small for a part of their own begin in the first of their kind.
      if (k === 0) return rows.forEach((row) => (part[row] = first));
      const of = groupsOf(data, rows, k, stream);
      rows.forEach((row, r) => (part[row] = next + of[r]));
      next += k;
    });
  }
  return part;
}

/** Log density of a point in each part, without the categories, into `out`. */
export function logDensities(
  { q, count, means, variances, logShares }: Mixture,
  points: Float64Array,
  i: number,
  constants: Float64Array,
  out: Float64Array,
): void {
  for (let s = 0; s < count; s++) {
    let sum = 0;
    for (let j = 0, at = s * q, from = i * q; j < q; j++) {
      const x = points[from + j] - means[at + j];
      sum += (x * x) / variances[at + j];
    }
    out[s] = logShares[s] + constants[s] - 0.5 * sum;
  }
}

/** What each part's density begins with: −½ Σ ln(2πσ²). */
export function densityConstants({
  q,
  count,
  variances,
}: Pick<Mixture, 'q' | 'count' | 'variances'>): Float64Array {
  return Float64Array.from({ length: count }, (_, s) => {
    let sum = 0;
    for (let j = 0; j < q; j++) sum += Math.log(2 * Math.PI * variances[s * q + j]);
    return -0.5 * sum;
  });
}

/** Turns logarithms into shares that sum to 1, in place; returns the logarithm of their sum. */
function normalise(values: Float64Array): number {
  let most = -Infinity;
  for (let s = 0; s < values.length; s++) if (values[s] > most) most = values[s];
  let sum = 0;
  for (let s = 0; s < values.length; s++) sum += values[s] = Math.exp(values[s] - most);
  for (let s = 0; s < values.length; s++) values[s] /= sum;
  return most + Math.log(sum);
}

/** The best mixture for given shares of each example in each part. */
function maximise(
  data: MixtureData,
  shares: Float64Array,
  count: number,
): Omit<Mixture, 'iterations' | 'converged'> {
  const { points, n, q, categories } = data;
  const weights = new Float64Array(count);
  const means = new Float64Array(count * q);
  const squares = new Float64Array(count * q);
  for (let i = 0; i < n; i++) {
    for (let s = 0; s < count; s++) {
      const share = shares[i * count + s];
      if (share < 1e-12) continue;
      weights[s] += share;
      for (let j = 0, at = s * q, from = i * q; j < q; j++) {
        const x = points[from + j];
        means[at + j] += share * x;
        squares[at + j] += share * x * x;
      }
    }
  }
  const total = new Float64Array(q);
  for (let i = 0; i < n; i++) for (let j = 0; j < q; j++) total[j] += points[i * q + j] ** 2 / n;
  const variances = new Float64Array(count * q);
  for (let s = 0; s < count; s++) {
    for (let j = 0; j < q; j++) {
      const at = s * q + j;
      const weight = Math.max(weights[s], 1e-12);
      means[at] /= weight;
      variances[at] = Math.max(0, squares[at] / weight - means[at] ** 2) + FLOOR * total[j] + 1e-12;
    }
  }
  const logCategories = categories.map(({ codes, size }) => {
    const all = new Float64Array(size);
    for (let i = 0; i < n; i++) all[codes[i]] += 1 / n;
    const counts = new Float64Array(count * size);
    for (let i = 0; i < n; i++)
      for (let s = 0; s < count; s++) counts[s * size + codes[i]] += shares[i * count + s];
    return counts.map((value, e) =>
      Math.log((value + SMOOTHING * all[e % size] + 1e-9) / (weights[Math.floor(e / size)] + SMOOTHING)),
    );
  });
  return {
    q,
    count,
    logShares: weights.map((w) => Math.log(Math.max(w, 1e-12) / n)),
    means,
    variances,
    logCategories,
  };
}

/**
 * Returns an error-aware mixture: each part has a place in the features and shares of labels and predictions, so that examples
 * are put together that lie together and are wrong in the same way. EM with all sums in logarithms.
 *
 * @param data what to put together
 * @param count parts
 * @param weight γ, the exponent of the shares of label and prediction
 * @see Sabri Eyuboglu et al., "Domino: discovering systematic errors with cross-modal embeddings", 2022
 */
export function errorAwareMixture(data: MixtureData, count: number, weight: number, stream: Random): Mixture {
  const { points, n, categories } = data;
  const start = startOf(data, count, stream);
  const shares = new Float64Array(n * count);
  for (let i = 0; i < n; i++) shares[i * count + start[i]] = 1;
  let mixture: Mixture = { ...maximise(data, shares, count), iterations: 0, converged: false };
  let before = -Infinity;
  for (let iterations = 1; iterations <= MOST_ITERATIONS; iterations++) {
    const constants = densityConstants(mixture);
    let likelihood = 0;
    for (let i = 0; i < n; i++) {
      const own = shares.subarray(i * count, (i + 1) * count);
      logDensities(mixture, points, i, constants, own);
      categories.forEach(({ codes, size }, c) => {
        const logs = mixture.logCategories[c];
        for (let s = 0; s < count; s++) own[s] += weight * logs[s * size + codes[i]];
      });
      likelihood += normalise(own) / n;
    }
    const converged = likelihood - before < TOLERANCE * Math.max(1, Math.abs(likelihood));
    mixture = { ...maximise(data, shares, count), iterations, converged };
    if (converged) break;
    before = likelihood;
  }
  return mixture;
}

/** Returns the part that each point most likely belongs to by its coordinates alone. */
export function partOfEach(mixture: Mixture, points: Float64Array): Int32Array {
  const constants = densityConstants(mixture);
  const logs = new Float64Array(mixture.count);
  return Int32Array.from({ length: points.length / mixture.q }, (_, i) => {
    logDensities(mixture, points, i, constants, logs);
    let best = 0;
    for (let s = 1; s < logs.length; s++) if (logs[s] > logs[best]) best = s;
    return best;
  });
}
