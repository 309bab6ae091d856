import type { FindingData } from './types';

/** How much a cause gains where another finding names it, and how sure that one must be of it. */
const GAIN = 40;
const SURE = 0.85;

/**
 * Returns the findings with the weights of their causes after those of the others: a cause that another check names as well
 * is the likelier for it. What a finding itself does not list as a cause is not
 * added, and one that is sure by itself stays as it is.
 */
export function weighTogether(findings: readonly FindingData[]): readonly FindingData[] {
  const loud = findings.filter(({ severity }) => severity !== 'info');
  return findings.map((finding) => {
    if (finding.causes.some(({ weight }) => weight >= SURE)) return finding;
    const others = loud.filter(({ check }) => check !== finding.check);
    const weighed = finding.causes.map((cause) => {
      const doubt = others.reduce((product, { causes }) => {
        const named = causes.find(({ id }) => id === cause.id)?.weight ?? 0;
        return product * (named >= SURE ? 1 - Math.min(0.95, named) : 1);
      }, 1);
      return { ...cause, weight: cause.weight * (1 + GAIN * (1 - doubt)) };
    });
    const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
    const causes = weighed
      .map((cause) => ({ ...cause, weight: cause.weight / total }))
      .sort((a, b) => b.weight - a.weight);
    return { ...finding, causes };
  });
}
