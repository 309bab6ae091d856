import { diagnose } from '../../../src/suspect/diagnose';
import type { DiagnoseSubject } from '../../../src/suspect/diagnose-subjects';
import { CHECKS } from '../../../src/suspect/checks';
import type { Symptom } from '../../../src/suspect/check';
import { thresholdOf } from '../../../src/suspect/thresholds';
import type { CheckOutcome, FindingData, Locator, Severity } from '../../../src/suspect/types';
import { fullLog } from '../make-log';

/** A fault made by hand, what must be said of it, and a twin without it. */
export interface Plant {
  readonly check: string;
  readonly code: string;
  readonly severity: Severity;
  readonly where: Locator;
  /** The likeliest cause. */
  readonly cause: string;
  /** A run in which the symptom has this score, by the arithmetic of its definition; of a fact the fault itself. */
  readonly at: (score: number) => DiagnoseSubject;
  /** Defaults to the full healthy log. */
  readonly healthy?: DiagnoseSubject;
}

/** Symptoms whose scores are standard errors: they share the false alarms. */
const SHARING = CHECKS.flatMap(({ symptoms }) => Object.values(symptoms)).filter(
  ({ scale }) => scale === 'z',
).length;

export const symptomOf = ({ check, code }: Pick<Plant, 'check' | 'code'>): Symptom =>
  CHECKS.find(({ id }) => id === check)!.symptoms[code];

export const levelOf = (plant: Pick<Plant, 'check' | 'code'>, level = 0.95): number =>
  thresholdOf(plant.code, symptomOf(plant), level, SHARING);

/** What one check says of a run. */
export function judged(
  subject: DiagnoseSubject,
  check: string,
): { readonly findings: readonly FindingData[]; readonly outcome: CheckOutcome } {
  const { findings, outcomes } = diagnose(subject, { checks: [check] });
  return { findings, outcome: outcomes[0] };
}

const codesOf = (subject: DiagnoseSubject, check: string): readonly string[] =>
  judged(subject, check).findings.map(({ code }) => code);

/** Tests each plant: the fault is found and named, its twin is not, and the threshold lies where it is said to. */
export function testPlants(plants: readonly Plant[]): void {
  describe.each(plants.map((plant) => [plant.code, plant] as const))('%s', (code, plant) => {
    const { scale } = symptomOf(plant);
    const threshold = levelOf(plant);
    const strong = scale === 'fact' ? 1 : 1.1 * threshold + 0.05;

    it('is found, with the right words for it', () => {
      const { findings, outcome } = judged(plant.at(strong), plant.check);
      const finding = findings.find((one) => one.code === code)!;
      expect(finding).toMatchObject({
        ...{ check: plant.check, severity: plant.severity, threshold, kind: 'finding' },
      });
      expect(finding.where).toEqual(plant.where);
      expect(finding.score).toBeCloseTo(strong, 6);
      expect(outcome.scores[code]).toBe(finding.score);
      expect(finding.causes[0].id).toBe(plant.cause);
      expect(finding.causes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(finding.message).not.toMatch(/undefined|NaN|\?|null/);
      expect(finding.why).toMatch(/Look up: .+\.$/);
    });

    it('is not found in its twin', () => {
      const { findings, outcome } = judged(plant.healthy ?? fullLog(), plant.check);
      expect([findings.map((one) => one.code), outcome.status]).toEqual([[], 'nothing-found']);
    });

    if (scale === 'fact') return;
    it('is told from its threshold on', () => {
      const least = 1e-6 * (1 + Math.abs(threshold));
      expect(codesOf(plant.at(threshold + least), plant.check)).toContain(code);
      expect(codesOf(plant.at(threshold - least), plant.check)).not.toContain(code);
    });
  });
}
