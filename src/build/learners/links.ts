/** Turns scores N×K into probabilities, each row by softmax, in place. */
export function softmaxRows(scores: Float64Array, k: number): Float64Array {
  for (let at = 0; at < scores.length; at += k) {
    let most = -Infinity;
    for (let j = 0; j < k; j++) most = Math.max(most, scores[at + j]);
    let sum = 0;
    for (let j = 0; j < k; j++) sum += scores[at + j] = Math.exp(scores[at + j] - most);
    for (let j = 0; j < k; j++) scores[at + j] /= sum;
  }
  return scores;
}

/** The probability that goes with a score: 1 / (1 + e⁻ˢ). */
export const sigmoid = (score: number): number =>
  score >= 0 ? 1 / (1 + Math.exp(-score)) : 1 - 1 / (1 + Math.exp(score));

/** −ln of the probability of the truth for a score, without overflow: ln(1 + e⁻ˢ) where it is 1, ln(1 + eˢ) where it is 0. */
export const logisticLoss = (score: number, truth: number): number => {
  const away = truth > 0.5 ? -score : score;
  return Math.max(away, 0) + Math.log1p(Math.exp(-Math.abs(away)));
};
