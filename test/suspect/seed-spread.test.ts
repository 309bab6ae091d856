import type { RunLog } from '../../src/build/types';
import { diagnose } from '../../src/suspect/diagnose';
import { seedSpread } from '../../src/suspect/seed-spread';
import { configured, fullLog, steadily } from './make-log';

/** A run that ends at this validation accuracy, on 400 examples of ten classes. */
const ending = (accuracy: number, seed: number): RunLog =>
  fullLog({ seed, epochs: steadily([0.5, accuracy], [0.5, accuracy]) });
/** Skill (a − 0.1) / 0.9; its error by Agresti–Coull, over 0.9. */
const skill = (accuracy: number): number => (accuracy - 0.1) / 0.9;
const error = (accuracy: number): number => {
  const p = (400 * accuracy + 2) / 404;
  return Math.sqrt((p * (1 - p)) / 404) / 0.9;
};

describe('seedSpread', () => {
  it('is the difference in skill between the best seed and the worst, less luck', () => {
    const { outcome, findings } = seedSpread([ending(0.9, 3), ending(0.5, 5), ending(0.8, 8)]);
    const score = skill(0.9) - skill(0.5) - 2 * error(0.5);
    expect(outcome.scores['seed-dependent']).toBeCloseTo(score, 12);
    expect(findings).toMatchObject([
      { code: 'seed-dependent', severity: 'warning', evidence: { bestSeed: 3, worstSeed: 5, runs: 3 } },
    ]);
    expect(findings[0].causes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('keeps quiet of what luck explains, and cannot tell of one run or of none that is known', () => {
    expect(seedSpread([ending(0.9, 1), ending(0.85, 2)])).toMatchObject({
      outcome: { status: 'nothing-found' },
      findings: [],
    });
    expect(seedSpread([ending(0.9, 1)]).outcome.status).toBe('cannot-tell');
    const own = configured({ loss: 'custom' }, { epochs: steadily([1]) });
    expect(seedSpread([own, own]).outcome.status).toBe('cannot-tell');
  });

  it('is told of several runs, not of one, nor where other checks were asked for', () => {
    const codes = (runs: readonly RunLog[], checks?: readonly string[]): readonly string[] =>
      diagnose(runs, { checks }).outcomes.map(({ check }) => check);
    const both = [ending(0.9, 1), ending(0.5, 2)];
    expect(codes(both)).toContain('seed-spread');
    expect(codes(both.slice(0, 1))).not.toContain('seed-spread');
    expect(codes(both, ['overfitting'])).toEqual(['overfitting']);
    expect(diagnose(both).findings.map(({ code }) => code)).toContain('seed-dependent');
  });
});
