import { suspect, type Check } from '../check';
import { binomialCdf } from '../../stats/binomial';
import { normalQuantile } from '../../stats/normal-quantile';
import { takesTokens } from '../model-chain';

/** Fewer copies are put down to chance. */
const FEWEST_COPIES = 3;
/** Standard errors below which a difference is luck whatever its size. */
const LUCK = 4;

interface SplitMeasure extends Readonly<Record<string, unknown>> {
  readonly sameData: boolean;
  readonly copies: number;
  readonly copiesOf: number;
  readonly rateWithin: number;
  readonly shiftColumn: string;
  /** Standard deviations by which the mean of the column that moved most did so, and its standard errors. */
  readonly shift: number;
  readonly shiftZ: number;
  readonly spreadColumn: string;
  /** Logarithm of the ratio of standard deviations. */
  readonly spread: number;
  readonly spreadZ: number;
  readonly distributionColumn: string;
  readonly distance: number;
  readonly distanceZ: number;
  readonly pair: string;
  readonly correlation: number;
  readonly correlationZ: number;
  readonly tokens: boolean;
}

/** Do training and validation data belong together, and keep apart? */
export const splitCompared: Check<SplitMeasure> = {
  id: 'split',
  title: 'Training and validation data',
  question: 'Are the two sets drawn alike and prepared alike, and has none examples of the other?',
  needs: ['split'],
  references: [
    {
      author: 'Rabanser, Günnemann & Lipton',
      title: 'Failing loudly: methods for detecting dataset shift',
      year: 2019,
    },
    {
      author: 'Kapoor & Narayanan',
      title: 'Leakage and the reproducibility crisis in ML-based science',
      year: 2023,
    },
  ],
  symptoms: {
    'validation-in-train': { scale: 'z', least: 3 },
    'scale-differs': { scale: 'size', least: 0.5 },
    'distribution-differs': { scale: 'z', least: 4 },
  },
  measure({ log }) {
    const { train, validation, split } = log.data;
    const { copies, copiesOf, rateWithin, shift, spread, distribution, correlation } = split!;
    return {
      sameData: train !== null && validation !== null && train.fingerprint === validation.fingerprint,
      ...{ copies, copiesOf, rateWithin },
      ...{ shiftColumn: shift.column, shift: shift.effect, shiftZ: shift.z },
      ...{ spreadColumn: spread.column, spread: spread.effect, spreadZ: spread.z },
      ...{
        distributionColumn: distribution.column,
        distance: distribution.effect,
        distanceZ: distribution.z,
      },
      ...{ pair: correlation.column, correlation: correlation.effect, correlationZ: correlation.z },
      tokens: takesTokens(log),
    };
  },
  judge(m) {
    const rate = Math.max(m.rateWithin, 1 / (m.copiesOf + 1));
    const many = m.copies >= FEWEST_COPIES;
    const byChance = many ? 1 - binomialCdf(m.copies - 1, m.copiesOf, Math.min(1, rate)) : 1;
    const copied = many ? -normalQuantile(Math.max(byChance, 1e-15)) : 0;
    const shift = m.shiftZ > LUCK ? m.shift : 0;
    const spread = m.spreadZ > LUCK ? m.spread : 0;
    const [byShape, byPair] = [
      m.distance >= 0.1 ? m.distanceZ : 0,
      m.correlation >= 0.3 ? m.correlationZ : 0,
    ];
    const apart = byShape > byPair;
    return suspect(
      {
        code: 'validation-in-train',
        score: m.sameData ? 8 : copied,
        severity: 'error',
        where: {},
        evidence: { copies: m.copies, copiesOf: m.copiesOf, rateWithin: m.rateWithin },
        causes: { 'duplicates-across-split': 1 },
      },
      !m.tokens && {
        code: 'scale-differs',
        score: Math.max(shift, spread),
        severity: 'warning',
        where: { column: shift >= spread ? m.shiftColumn : m.spreadColumn },
        evidence: { shift: m.shift, shiftZ: m.shiftZ, ratio: Math.exp(m.spread), spreadZ: m.spreadZ },
        causes: { 'preprocessing-differs': 0.6, 'validation-differs': 0.4 },
      },
      {
        code: 'distribution-differs',
        score: Math.max(byShape, byPair),
        severity: 'warning',
        where: { column: apart ? m.distributionColumn : m.pair },
        evidence: apart
          ? { distance: m.distance, z: m.distanceZ }
          : { correlation: m.correlation, z: m.correlationZ },
        causes: { 'preprocessing-differs': 0.5, 'validation-differs': 0.5 },
      },
    );
  },
};
