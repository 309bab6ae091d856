import { percent, threeDigits } from '../../../figures/template';
import type { Report } from '../../../suspect/report';
import type { FindingData, Locator, SeedShare } from '../../../suspect/types';
import type { Cause } from '../../../confirm/types';
import type { View, ViewFinding, ViewTable } from '../view';

const STATUS = {
  found: 'found',
  'nothing-found': 'in order',
  'cannot-tell': 'cannot tell',
  skipped: 'skipped',
  failed: 'failed',
} as const;

/** Causes with their weights, heaviest first. */
export function causesTable(causes: readonly Cause[], title?: string): ViewTable {
  const sorted = [...causes].sort((a, b) => b.weight - a.weight);
  return {
    title,
    head: ['possible cause', 'weight (%)', 'what to do'],
    rows: sorted.map((cause) => [cause.title, { value: cause.weight, share: true }, cause.fix]),
  };
}

/** A name from code as words: `finalLoss` → `final loss`. */
const words = (name: string): string =>
  name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function placeText(where: Locator): string {
  const { exampleIds, ...rest } = where;
  const parts = Object.entries(rest).map(([what, place]) => `${what} ${place}`);
  if (exampleIds && exampleIds.length > 0) {
    const left = exampleIds.length - 5;
    parts.push(`examples ${exampleIds.slice(0, 5).join(', ')}${left > 0 ? ` and ${left} more` : ''}`);
  }
  return parts.join(', ');
}

/** With which seeds it came. */
function seedsText({ found, of, which }: SeedShare): string {
  const seeds = which.map((seed) => seed ?? 'unknown');
  return `Found with ${found} of ${of} seeds (${seeds.join(', ')}); the numbers are those of seed ${seeds[0]}.`;
}

function findingOf(finding: FindingData): ViewFinding {
  const place = placeText(finding.where);
  const evidence = Object.entries(finding.evidence).map(
    ([name, value]) => `${words(name)} ${typeof value === 'number' ? threeDigits(value) : value}`,
  );
  const { rate, interval, healthyRuns } = finding.falseAlarmRate;
  return {
    severity: finding.severity,
    message: finding.message,
    lines: [
      finding.why,
      finding.seeds ? seedsText(finding.seeds) : '',
      [place && `Where: ${place}.`, evidence.length > 0 && `Measured: ${evidence.join(', ')}.`]
        .filter(Boolean)
        .join(' '),
      healthyRuns > 0
        ? `This check spoke up on ${percent(rate)} [${percent(interval[0])}, ${percent(interval[1])}] of ${healthyRuns} healthy runs.`
        : 'How often this check speaks up on healthy runs has not been counted.',
    ].filter((line) => line !== ''),
    causes: causesTable(finding.causes),
  };
}

/** What is shown of one finding. */
export function findingView(finding: FindingData): View {
  const next =
    finding.causes.length > 1 ? ['finding.confirm() runs the experiment that tells the causes apart.'] : [];
  return { answer: finding.message, notes: next, findings: [findingOf(finding)] };
}

/** What is shown of a report: the answer, the findings worst first, all checks in one folded line. */
export function reportView(report: Report): View {
  const calm = report.outcomes.filter(({ status }) => status === 'nothing-found').length;
  return {
    answer: report.summary,
    findings: report.findings.map(findingOf),
    tables: [
      {
        title: `${report.outcomes.length} checks, ${calm} in order`,
        head: ['check', 'outcome', 'why'],
        rows: report.outcomes.map(({ title, status, reason }) => [title, STATUS[status], reason]),
        folded: true,
      },
    ],
    warnings: report.warnings,
  };
}
