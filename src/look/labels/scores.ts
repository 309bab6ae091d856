import type { LabelledRows, RowFacts } from './labelled-rows';
import { pairwiseSum } from './pairwise-sum';

/** How suspicious a label is: the lower, the more. Named as in cleanlab. */
export type RankBy = 'self_confidence' | 'normalized_margin' | 'confidence_weighted_entropy';

/** Scores are kept from being divided by less. */
const LEAST = 1e-6;

/** The same rows with the threshold of each class taken off, so that classes that the model is surer of in general count as others. */
function adjusted({ k, given, p }: LabelledRows, thresholds: Float64Array, rows: Int32Array): LabelledRows {
  const most = thresholds.reduce((a, b) => Math.max(a, b));
  const out = new Float64Array(rows.length * k);
  for (let r = 0; r < rows.length; r++) {
    for (let j = 0; j < k; j++) out[r * k + j] = p[rows[r] * k + j] - thresholds[j] + most;
    const sum = pairwiseSum(out, r * k, k);
    for (let j = 0; j < k; j++) out[r * k + j] /= sum;
  }
  return { n: rows.length, k, given: Int32Array.from(rows, (row) => given[row]), p: out };
}

/** −Σ p ln p / ln K of one row; 0 ln 0 = 0. */
function normalizedEntropy(p: ArrayLike<number>, at: number, k: number, terms: Float64Array): number {
  for (let j = 0; j < k; j++) {
    const value = p[at + j];
    terms[j] = value > 0 ? value * Math.log(value) : 0;
  }
  return -pairwiseSum(terms) / Math.log(k);
}

/** What is known of a row that scores are made of. */
interface Known {
  readonly self: number;
  readonly other: number;
  readonly entropy: () => number;
}

const SCORES: Readonly<Record<RankBy, (row: Known) => number>> = {
  self_confidence: ({ self }) => self,
  normalized_margin: ({ self, other }) => (self - other + 1) / 2,
  confidence_weighted_entropy: ({ self, entropy }) => {
    const weighted = entropy() / Math.max(LEAST, self);
    return Math.log(weighted + 1) / Math.max(LEAST, weighted);
  },
};

/**
 * Returns the score of the label of each of some rows, from 0 (suspicious) to about 1: the probability of the given label; its
 * margin over the likeliest other one, (p_given − max p_other + 1) / 2; or ln(e + 1) / e with e the normalised entropy over the
 * probability of the given label.
 *
 * @param rows row numbers
 * @param thresholds where probabilities are to be adjusted by those of the classes, else null
 */
export function labelScores(
  data: LabelledRows,
  facts: RowFacts,
  rankBy: RankBy,
  rows: Int32Array,
  thresholds: Float64Array | null,
): Float64Array {
  const { k } = data;
  const score = SCORES[rankBy];
  const terms = new Float64Array(k);
  if (thresholds === null) {
    const { self, other } = facts;
    if (rankBy === 'self_confidence') {
      const own = new Float64Array(rows.length);
      for (let r = 0; r < rows.length; r++) own[r] = self[rows[r]];
      return own;
    }
    return Float64Array.from(rows, (i) =>
      score({ self: self[i], other: other[i], entropy: () => normalizedEntropy(data.p, i * k, k, terms) }),
    );
  }
  const { given, p } = adjusted(data, thresholds, rows);
  return Float64Array.from(rows, (_, r) => {
    let other = -Infinity;
    for (let j = 0; j < k; j++) if (j !== given[r]) other = Math.max(other, p[r * k + j]);
    return score({ self: p[r * k + given[r]], other, entropy: () => normalizedEntropy(p, r * k, k, terms) });
  });
}
