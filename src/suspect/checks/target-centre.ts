import { NOTHING_FOUND, suspect, type Check } from '../check';

interface TargetCentreMeasure extends Readonly<Record<string, unknown>> {
  readonly mean: number;
  readonly sd: number;
}

/** Does the target lie where an untrained model predicts? */
export const targetCentre: Check<TargetCentreMeasure> = {
  id: 'target-centre',
  title: 'Centre of the target',
  question: 'Does the target spread around zero, where an untrained model predicts?',
  needs: ['train-summary'],
  references: [{ author: 'Karpathy', title: 'A recipe for training neural networks', year: 2019 }],
  symptoms: { 'target-off-centre': { scale: 'size', least: 2.5 } },
  measure({ log }) {
    const { targetMean, targetVariance } = log.data.train!;
    return { mean: targetMean, sd: targetVariance > 0 ? Math.sqrt(targetVariance) : NaN };
  },
  judge(m) {
    if (!(m.sd > 0)) return NOTHING_FOUND;
    return suspect({
      code: 'target-off-centre',
      score: Math.abs(m.mean) / m.sd,
      severity: 'warning',
      where: {},
      evidence: { targetMean: m.mean, targetSd: m.sd },
      causes: { 'target-not-centred': 1 },
    });
  },
};
