import { pairwiseSum } from './pairwise-sum';

/** Probabilities nearer than this are taken as equal where a label is weighed against another. */
export const TOLERANCE = 1e-6;

/** Given labels beside probabilities of K classes: what every rule for label issues starts from. */
export interface LabelledRows {
  readonly n: number;
  readonly k: number;
  /** Class codes, N. */
  readonly given: Int32Array;
  /** N×K, row by row. */
  readonly p: Float64Array | Float32Array;
}

/** What one pass over the rows finds. */
export interface RowFacts {
  /** Class of the largest probability; the first of equals. */
  readonly top: Int32Array;
  /** Probability of the given label. */
  readonly self: Float64Array;
  /** Largest probability of another class. */
  readonly other: Float64Array;
  /** 1 where another class is likelier than the given one by more than the tolerance. */
  readonly disagrees: Uint8Array;
  /** Rows of class j: `rows[starts[j]]` to `rows[starts[j + 1] − 1]`, in their order. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/** True where the first largest probability is not the given one, once the tolerance is added to the given one. */
function outvoted({ k, p }: LabelledRows, at: number, given: number): boolean {
  const own = p[at + given] + TOLERANCE;
  for (let j = 0; j < k; j++) {
    if (j < given ? p[at + j] >= own : p[at + j] > own) return true;
  }
  return false;
}

/** Returns the rows of each class, in order. */
function byClass({ n, k, given }: LabelledRows): Pick<RowFacts, 'starts' | 'rows'> {
  const starts = new Int32Array(k + 1);
  for (let i = 0; i < n; i++) starts[given[i] + 1]++;
  for (let j = 0; j < k; j++) starts[j + 1] += starts[j];
  const next = starts.slice(0, k);
  const rows = new Int32Array(n);
  for (let i = 0; i < n; i++) rows[next[given[i]]++] = i;
  return { starts, rows };
}

/** Returns the facts about every row. */
export function rowFacts(data: LabelledRows): RowFacts {
  const { n, k, given, p } = data;
  const top = new Int32Array(n);
  const self = new Float64Array(n);
  const other = new Float64Array(n);
  const disagrees = new Uint8Array(n);
  for (let i = 0, at = 0; i < n; i++, at += k) {
    const own = given[i];
    let best = 0;
    let most = p[at];
    let rival = own === 0 ? -Infinity : most;
    for (let j = 1; j < k; j++) {
      const value = p[at + j];
      if (value > most) {
        most = value;
        best = j;
      }
      if (j !== own && value > rival) rival = value;
    }
    top[i] = best;
    self[i] = p[at + own];
    other[i] = rival;
    // Where both are as good as equal the order of the classes decides, as with an argmax.
    const lead = rival - self[i] - TOLERANCE;
    disagrees[i] = lead > 1e-9 || (lead > -1e-9 && outvoted(data, at, own)) ? 1 : 0;
  }
  return { top, self, other, disagrees, ...byClass(data) };
}

/** A class without examples is never confident. */
const NEVER = 2;

/**
 * Returns the threshold of each class: the mean probability of the class among the examples that are labelled with it; 2 for
 * a class without examples, and 2e-6 at least.
 */
export function confidentThresholds(k: number, { self, starts, rows }: RowFacts): Float64Array {
  const sorted = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) sorted[i] = self[rows[i]];
  return Float64Array.from({ length: k }, (_, j) => {
    const n = starts[j + 1] - starts[j];
    const mean = n > 0 ? pairwiseSum(sorted, starts[j], n) / n : NEVER;
    return Math.max(2 * TOLERANCE, mean);
  });
}
