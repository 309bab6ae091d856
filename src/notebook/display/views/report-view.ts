import { finding as markedFigure } from '../../../figures/finding';
import type { Finding, Report } from '../../../suspect/report';
import type { CheckOutcome, FindingData } from '../../../suspect/types';
import type { View, ViewFinding, ViewTable } from '../view';
import {
  causesTable,
  learntOf,
  measuredTable,
  nextLines,
  placeText,
  seedsText,
  sureText,
  whyText,
} from './finding-parts';

const NOT_LOOKED = [
  ['skipped', 'skipped'],
  ['cannot-tell', 'cannot tell'],
  ['failed', 'failed'],
] as const;

/** A finding as it is: live, or re-read without its log. */
type Shown = FindingData & Pick<Partial<Finding>, 'log' | 'confirmations'>;

function findingOf(finding: Shown, name: string, open: boolean): ViewFinding {
  const place = placeText(finding.where);
  const figure = finding.log && markedFigure(finding, finding.log);
  const { confirmations = [] } = finding;
  const lines = [
    { label: 'How sure', words: sureText(finding) },
    { label: 'Where', words: place && `${place[0].toUpperCase()}${place.slice(1)}.` },
    { label: 'Seeds', words: finding.seeds ? seedsText(finding.seeds) : '' },
    { label: 'Why it matters', words: whyText(finding.why, finding.references) },
  ];
  return {
    severity: finding.severity,
    message: finding.message,
    lines: lines.filter(({ words }) => words !== ''),
    ...(figure && { figure: { name: 'Show it in a figure', figure }, open }),
    causes: causesTable(finding.causes),
    next: nextLines(finding, name, confirmations),
    learnt: confirmations.map(learntOf),
    measured: measuredTable(finding),
  };
}

/** What is shown of one finding. */
export function findingView(finding: Shown): View {
  return { answer: finding.message, findings: [findingOf(finding, 'finding', true)] };
}

/** What was looked at and found in order: one line that opens. */
function calmTable(outcomes: readonly CheckOutcome[]): ViewTable {
  const calm = outcomes.filter(({ status }) => status === 'nothing-found');
  return {
    title: `${calm.length} ${calm.length === 1 ? 'check' : 'checks'} found nothing strange`,
    head: ['check', 'what it asked'],
    rows: calm.map(({ title, question }) => [title, question]),
    folded: true,
    brief: true,
  };
}

/** What could not be looked at, and why: one line that opens. */
function blindTable(outcomes: readonly CheckOutcome[]): ViewTable {
  const of = (status: string): readonly CheckOutcome[] => outcomes.filter((one) => one.status === status);
  const counts = NOT_LOOKED.flatMap(([status, word]) =>
    of(status).length > 0 ? [`${of(status).length} ${word}`] : [],
  );
  const rows = NOT_LOOKED.flatMap(([status, word]) =>
    of(status).map(({ title, reason }) => [title, word, reason]),
  );
  return {
    title: `${rows.length} could not look: ${counts.join(', ')}`,
    head: ['check', 'outcome', 'why'],
    rows,
    folded: true,
  };
}

/** Findings that are shown at once; the others follow from the same few causes, and stand behind a line that opens. */
const SHOWN = 3;

/**
 * What is shown of a report: the answer, the findings worst first, what else was noticed, what was found in order and what
 * could not look in a line each.
 */
export function reportView(report: Report): View {
  const shown = report.findings.map((finding, i) => ({
    finding,
    name: `report.findings[${i}]`,
  }));
  const loud = shown.filter(({ finding }) => finding.severity !== 'info');
  const quiet = shown.filter(({ finding }) => finding.severity === 'info');
  const rest = [...loud.slice(SHOWN), ...quiet];
  const more = Math.max(0, loud.length - SHOWN);
  return {
    answer: report.summary,
    notes: report.healthy === undefined ? [] : [report.healthy],
    findings: loud.slice(0, SHOWN).map(({ finding, name }, i) => findingOf(finding, name, i === 0)),
    ...(rest.length > 0 && {
      aside: {
        title: [
          more > 0 ? `${more} more` : '',
          quiet.length > 0 ? `also noticed: ${quiet.length} ${quiet.length === 1 ? 'thing' : 'things'}` : '',
        ]
          .filter(Boolean)
          .join('; ')
          .replace(/^a/, 'A'),
        findings: rest.map(({ finding, name }) => findingOf(finding, name, false)),
      },
    }),
    tables: [calmTable(report.outcomes), blindTable(report.outcomes)].filter(({ rows }) => rows.length > 0),
    warnings: report.warnings,
  };
}
