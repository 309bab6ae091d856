import { NOTHING_FOUND, suspect, type Check } from '../check';
import { takesTokens } from '../model-chain';

/** A column that errs more often by itself is a good one, not a leak. */
const FEWEST_ERRORS = 0.02;

interface LabelInColumnsMeasure extends Readonly<Record<string, unknown>> {
  readonly tokens: boolean;
  readonly column: string;
  /** Share told right (classes) or of the variance explained (values) by the best column alone, and by the next one. */
  readonly skill: number;
  readonly nextColumn: string;
  readonly nextSkill: number;
  readonly n: number;
}

/** Does one column give the label away? */
export const labelInColumns: Check<LabelInColumnsMeasure> = {
  id: 'label-in-columns',
  title: 'Columns that give the label away',
  question: 'Does one column tell the label nearly without fail, where all others are far from it?',
  needs: ['columns'],
  references: [
    {
      author: 'Kaufman et al.',
      title: 'Leakage in data mining: formulation, detection, and avoidance',
      year: 2012,
    },
  ],
  symptoms: { 'column-gives-label-away': { scale: 'size', least: 0.7 } },
  measure({ log }) {
    const { alone, aloneN } = log.data.train!.columns!;
    const [best, next] = alone;
    return {
      tokens: takesTokens(log),
      ...{ column: best?.column ?? '', skill: best?.skill ?? NaN },
      ...{ nextColumn: next?.column ?? '', nextSkill: next?.skill ?? NaN, n: aloneN },
    };
  },
  judge(m) {
    const wrong = 1 - m.skill;
    if (m.tokens || m.nextColumn === '' || !(wrong <= FEWEST_ERRORS) || m.n < 30) return NOTHING_FOUND;
    return suspect({
      code: 'column-gives-label-away',
      score: Math.log10((1 - m.nextSkill) / Math.max(wrong, 1 / m.n)),
      severity: 'warning',
      where: { column: m.column },
      evidence: { skill: m.skill, nextColumn: m.nextColumn, nextSkill: m.nextSkill, n: m.n },
      causes: { 'label-in-features': 1 },
    });
  },
};
