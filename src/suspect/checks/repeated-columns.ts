import { NOTHING_FOUND, suspect, type Check } from '../check';
import { takesTokens } from '../model-chain';

interface RepeatedMeasure extends Readonly<Record<string, unknown>> {
  readonly tokens: boolean;
  readonly pairs: number;
  readonly first: string;
  readonly copy: string;
}

/** Does a column stand among the inputs twice? */
export const repeatedColumns: Check<RepeatedMeasure> = {
  id: 'repeated-columns',
  title: 'Repeated columns',
  question: 'Do two columns hold the same, but for scale and origin?',
  needs: ['columns'],
  references: [{ author: 'Breck et al.', title: 'The ML test score', year: 2017 }],
  symptoms: { 'duplicate-column': { scale: 'fact', least: 1 } },
  measure({ log }) {
    const { duplicates } = log.data.train!.columns!;
    // Columns that the preparation made of gaps are equal wherever two columns lack together.
    const made = duplicates.filter(([, copy]) => !/ is missing$/.test(copy));
    const [first = '', copy = ''] = made[0] ?? [];
    return { tokens: takesTokens(log), pairs: made.length, first, copy };
  },
  judge(m) {
    if (m.tokens || m.pairs === 0) return NOTHING_FOUND;
    return suspect({
      code: 'duplicate-column',
      score: 1,
      severity: 'warning',
      where: { column: m.copy },
      evidence: { first: m.first, pairs: m.pairs },
      causes: { 'column-repeated': 1 },
    });
  },
};
