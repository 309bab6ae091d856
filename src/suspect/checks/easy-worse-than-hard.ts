import { cannotTell, NOTHING_FOUND, suspect, type Check } from '../check';

interface EasyWorseMeasure extends Readonly<Record<string, unknown>> {
  readonly source: string;
  readonly difficulty: string;
  readonly circular: boolean;
  readonly n: number;
  readonly slices: number;
  readonly z: number;
  readonly pValue: number;
  readonly direction: string;
  readonly easiest: string;
  readonly easiestError: number;
  readonly easiestInterval: readonly [number, number];
  readonly hardestError: number;
  readonly overallError: number;
}

/** Is the model worse on the easier examples? */
export const easyWorseThanHard: Check<EasyWorseMeasure> = {
  id: 'easy-worse-than-hard',
  title: 'Worse on easier examples',
  question: 'Does the model err more often on easier examples than on harder ones?',
  needs: ['difficulty-slices'],
  references: [
    { author: 'Armitage', title: 'Tests for linear trends in proportions and frequencies', year: 1955 },
  ],
  symptoms: { 'easier-is-worse': { scale: 'z', least: 0 } },
  measure({ slices }) {
    const { slices: list, trend, difficulty, overall, n } = slices!;
    const [easiest, hardest] = [list[0], list[list.length - 1]];
    return {
      source: difficulty.source,
      difficulty: difficulty.title,
      circular: difficulty.circular,
      n,
      slices: list.length,
      z: trend.z,
      pValue: trend.pValue,
      direction: trend.direction,
      easiest: easiest?.label ?? '',
      easiestError: easiest?.error ?? NaN,
      easiestInterval: easiest?.interval ?? [NaN, NaN],
      hardestError: hardest?.error ?? NaN,
      overallError: overall.error,
    };
  },
  judge(m) {
    if (m.circular) {
      return cannotTell(
        'The difficulty comes from the very model whose errors are sliced, so it always agrees.',
      );
    }
    if (m.slices < 2) return cannotTell('There is only one slice of difficulty.');
    if (Number.isNaN(m.pValue)) return cannotTell('Too few examples or errors for a trend.');
    if (m.direction !== 'easier-is-worse' || m.easiestError <= m.hardestError) return NOTHING_FOUND;
    return suspect({
      code: 'easier-is-worse',
      score: Math.abs(m.z),
      severity: 'warning',
      where: { slice: m.easiest },
      evidence: {
        difficulty: m.difficulty,
        source: m.source,
        easiest: m.easiest,
        easiestError: m.easiestError,
        hardestError: m.hardestError,
        overallError: m.overallError,
        n: m.n,
        z: m.z,
        pValue: m.pValue,
      },
      interval: m.easiestInterval,
      causes: { 'labels-noisy': 0.35, 'too-rare-in-training': 0.35, 'difficulty-misjudged': 0.3 },
    });
  },
};
