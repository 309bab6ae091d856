import { NOTHING_FOUND, suspect, type Check } from '../check';
import { takesTokens } from '../model-chain';

interface SentinelMeasure extends Readonly<Record<string, unknown>> {
  readonly tokens: boolean;
  readonly columns: number;
  readonly column: string;
  readonly value: number;
  readonly count: number;
  /** Distance to the nearest other value, in standard deviations of the others. */
  readonly gap: number;
  readonly n: number;
}

/** Does a number far from all others stand for what is missing? */
export const sentinelValues: Check<SentinelMeasure> = {
  id: 'sentinel-values',
  title: 'Values that stand for missing ones',
  question: 'Do many examples share a value that lies far from all others of its column?',
  needs: ['columns'],
  references: [
    { author: 'Hellerstein', title: 'Quantitative data cleaning for large databases', year: 2008 },
  ],
  symptoms: { 'sentinel-input': { scale: 'size', least: 8 } },
  measure({ log }) {
    const { n, columns } = log.data.train!;
    const worst = columns!.sentinels.reduce((most, one) => (one.gap > most.gap ? one : most), {
      ...{ column: '', value: NaN, count: 0, gap: 0 },
    });
    return { tokens: takesTokens(log), columns: columns!.sentinels.length, ...worst, n };
  },
  judge(m) {
    if (m.tokens || m.column === '') return NOTHING_FOUND;
    return suspect({
      code: 'sentinel-input',
      score: m.gap,
      severity: 'warning',
      where: { column: m.column },
      evidence: { value: m.value, count: m.count, n: m.n, gap: m.gap, columns: m.columns },
      causes: { 'missing-coded-as-number': 0.9, 'inputs-not-scaled': 0.1 },
    });
  },
};
