import { cannotTell, NOTHING_FOUND, suspect, type Check } from '../check';

interface LabelOrderMeasure extends Readonly<Record<string, unknown>> {
  readonly shuffle: boolean | null;
  /** Standard errors by which labels follow each other more often than in a random order. */
  readonly order: number;
  readonly n: number;
  readonly batchSize: number;
}

/** Do the examples come in the order of their labels? */
export const labelOrder: Check<LabelOrderMeasure> = {
  id: 'label-order',
  title: 'Order of the examples',
  question: 'Is it trained on the examples in an order that follows their labels?',
  needs: ['train-summary'],
  references: [
    { author: 'Bengio', title: 'Practical recommendations for gradient-based training', year: 2012 },
  ],
  symptoms: { 'order-of-labels': { scale: 'z', least: 5 } },
  measure({ log }) {
    const { shuffle, batchSize } = log.config;
    return { shuffle, order: log.data.train!.labelOrder ?? NaN, n: log.data.train!.n, batchSize };
  },
  judge(m) {
    if (m.shuffle === true || m.batchSize >= m.n) return NOTHING_FOUND;
    if (m.shuffle === null) return cannotTell('Whether the examples were shuffled is not known.');
    if (Number.isNaN(m.order)) return cannotTell('The log does not say in which order the labels came.');
    return suspect({
      code: 'order-of-labels',
      score: m.order,
      severity: 'warning',
      where: {},
      evidence: { order: m.order, n: m.n },
      causes: { 'not-shuffled': 1 },
    });
  },
};
