import { suspect, type Check } from '../check';

interface InputValuesMeasure extends Readonly<Record<string, unknown>> {
  readonly columns: number;
  readonly n: number;
  readonly missing: number;
  readonly missingColumn: string;
  /** Columns, or means and spreads of examples, that are the same for all. */
  readonly constant: readonly string[];
  readonly varied: number;
}

/** Are the inputs numbers, and do they differ? */
export const inputValues: Check<InputValuesMeasure> = {
  id: 'input-values',
  title: 'Input values',
  question: 'Are all inputs numbers, and do they differ from example to example?',
  needs: ['columns'],
  references: [
    { author: 'Braiek & Khomh', title: 'Testing feedforward neural networks training programs', year: 2022 },
  ],
  symptoms: {
    'missing-input': { scale: 'fact', least: 1 },
    'constant-input': { scale: 'fact', least: 1 },
    'constant-column': { scale: 'fact', least: 1 },
  },
  measure({ log }) {
    const { n, columns } = log.data.train!;
    const { names, sd, missing } = columns!;
    const most = missing.reduce((best, count, c) => (count > missing[best] ? c : best), 0);
    const constant = names.filter((_, c) => sd[c] === 0);
    return {
      ...{ columns: names.length, n },
      missing: missing.reduce((sum, count) => sum + count, 0),
      missingColumn: missing[most] > 0 ? names[most] : '',
      constant,
      varied: names.length - constant.length,
    };
  },
  judge(m) {
    const all = m.varied === 0 && m.n > 1;
    return suspect(
      m.missing > 0 && {
        code: 'missing-input',
        score: 1,
        severity: 'error',
        where: { column: m.missingColumn },
        evidence: { missing: m.missing, n: m.n },
        causes: { 'input-not-a-number': 1 },
      },
      all && {
        code: 'constant-input',
        score: 1,
        severity: 'error',
        where: {},
        evidence: { columns: m.columns, n: m.n },
        causes: { 'input-constant': 1 },
      },
      !all &&
        m.constant.length > 0 && {
          code: 'constant-column',
          score: 1,
          severity: 'info',
          where: { column: m.constant[0] },
          evidence: { constant: m.constant.length, columns: m.columns },
          causes: { 'input-constant': 1 },
        },
    );
  },
};
