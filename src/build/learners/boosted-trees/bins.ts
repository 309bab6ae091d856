/** Values of a feature that its bins are made from, at most: quantiles of so many are exact enough. */
const SAMPLE = 100_000;

/** Features as small integers, column by column: example i of feature f is `codes[f * n + i]`. */
export interface BinnedFeatures {
  readonly n: number;
  readonly d: number;
  readonly codes: Uint8Array;
  /** For each feature the values between its bins: code b holds those ≤ edges[b] and above the one before. */
  readonly edges: readonly Float64Array[];
  /** Where the bins of feature f begin among all bins; its last one, edges.length + 1, holds what is missing (NaN). */
  readonly offsets: Int32Array;
}

/** Edges half-way between the values that occur, or at even quantiles where there are too many of them. */
function edgesOf(values: Float32Array, n: number, d: number, feature: number, most: number): Float64Array {
  const stride = Math.ceil(n / SAMPLE);
  const sorted = new Float32Array(Math.ceil(n / stride));
  let known = 0;
  for (let i = 0; i < n; i += stride) {
    const value = values[i * d + feature];
    if (!Number.isNaN(value)) sorted[known++] = value;
  }
  const ordered = sorted.subarray(0, known).sort();
  const distinct = ordered.filter((value, i) => i === 0 || value !== ordered[i - 1]);
  const edges: number[] = [];
  if (distinct.length <= most) {
    for (let i = 1; i < distinct.length; i++) edges.push((distinct[i - 1] + distinct[i]) / 2);
    return Float64Array.from(edges);
  }
  for (let b = 1; b < most; b++) {
    const at = Math.floor((b * known) / most);
    const edge = (ordered[at - 1] + ordered[at]) / 2;
    if (edges.length === 0 || edge > edges[edges.length - 1]) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** The code of a value: the first bin whose edge is not below it. */
function codeOf(edges: Float64Array, value: number): number {
  if (Number.isNaN(value)) return edges.length + 1;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Returns the features in a number of bins each, and one more for what is missing.
 *
 * @param values flat, N×D; NaN is missing
 * @param most bins of a feature, 2 to 255
 */
export function binFeatures(values: Float32Array, n: number, d: number, most: number): BinnedFeatures {
  const codes = new Uint8Array(n * d);
  const edges: Float64Array[] = [];
  const offsets = new Int32Array(d + 1);
  for (let f = 0; f < d; f++) {
    const own = edgesOf(values, n, d, f, most);
    for (let i = 0; i < n; i++) codes[f * n + i] = codeOf(own, values[i * d + f]);
    edges.push(own);
    offsets[f + 1] = offsets[f] + own.length + 2;
  }
  return { n, d, codes, edges, offsets };
}
