import { labelIssues as labelIssuesFigure } from '../../../figures/label-issues';
import { percent } from '../../../figures/template';
import type { LabelConflict, LabelIssues } from '../../../look/labels/types';
import { firstRows, type View, type ViewTable } from '../view';

/** Examples of a conflict that are named. */
const MOST_NAMED = 6;

const counted = (value: number): string => value.toLocaleString('en-US');
const range = ([low, high]: readonly [number, number]): string => `[${percent(low)}, ${percent(high)}]`;

/** "About 5,480 of 50,000 labels look wrong (11 % [..]); of this list 93 % [..] are expected to be." */
function answerOf({ n, flagged, precision, conflicts, task }: LabelIssues): string {
  const what = task === 'regression' ? 'values' : task === 'multi-label' ? 'label sets' : 'labels';
  const first =
    conflicts.length > 0
      ? `${counted(conflicts.length)} group${conflicts.length === 1 ? '' : 's'} of equal inputs ${conflicts.length === 1 ? 'has' : 'have'} different labels. `
      : '';
  if (flagged.count === 0) return `${first}None of ${counted(n)} ${what} looks wrong.`;
  const share = `${percent(flagged.share)} ${range(flagged.interval)}`;
  const one = flagged.count === 1;
  const list = `${first}${counted(flagged.count)} of ${counted(n)} ${what} ${one ? 'looks' : 'look'} wrong (${share})`;
  if (Number.isNaN(precision.value)) return `${list}; how many are cannot be told: ${precision.why}.`;
  const [low, high] = precision.interval;
  const unsure = high - low > 0.6 ? ', which is hardly known' : '';
  return `${list}; of this list ${percent(precision.value)} ${range([low, high])} are expected to be${unsure}.`;
}

function conflictTable(conflicts: readonly LabelConflict[]): ViewTable {
  const { rows, more } = firstRows(conflicts);
  return {
    title: 'Equal inputs with different labels: at least one is wrong, or the inputs leave something out',
    head: ['examples', 'ids', 'labels'],
    rows: rows.map(({ ids, labels }) => {
      const rest = ids.length > MOST_NAMED ? ', …' : '';
      return [
        ids.length,
        ids.slice(0, MOST_NAMED).join(', ') + rest,
        labels.slice(0, MOST_NAMED).join(', ') + rest,
      ];
    }),
    more,
  };
}

function issueTable({ issues, task, options }: LabelIssues): ViewTable {
  const { rows, more } = firstRows(issues);
  const values = task === 'regression';
  const rankBy = String(options.rankBy);
  const scored = rankBy !== 'self_confidence' && rankBy !== 'residual';
  const chances = task === 'classification';
  return {
    title: `Most suspicious first, by ${rankBy.replace(/_/g, ' ')}`,
    head: [
      'example',
      values ? 'given value' : 'given',
      values ? 'predicted value' : 'suggested',
      ...(values ? [] : ['probability of the given label (%)']),
      ...(scored ? [rankBy.replace(/_/g, ' ')] : []),
      ...(chances ? ['chance of being wrong (%)'] : []),
    ],
    rows: rows.map((issue) => [
      issue.id,
      values ? Number(issue.given) : issue.given,
      values ? Number(issue.suggested) : issue.suggested,
      ...(values ? [] : [{ value: issue.confidence, share: true }]),
      ...(scored ? [issue.score] : []),
      ...(chances ? [{ value: issue.chance, share: true }] : []),
    ]),
    more,
  };
}

/** Of each class, and of each pair: folded, since the figure shows them. */
function classTables({ perClass, pairs, precision }: LabelIssues): readonly ViewTable[] {
  const interval = `${percent(precision.level)} interval`;
  const classes = firstRows([...perClass].sort((a, b) => (b.rate || 0) - (a.rate || 0)));
  const worst = firstRows(pairs);
  const tables: ViewTable[] = [];
  if (perClass.length > 0) {
    tables.push({
      title: 'Labels by class, most often wrong first',
      head: ['label', 'examples', 'flagged', `estimated wrong (%), ${interval}`, 'counted on'],
      rows: classes.rows.map(({ label, n, flagged, rate, interval: ends, confident }) => [
        label,
        n,
        flagged,
        { value: rate, interval: ends, share: true },
        confident,
      ]),
      more: classes.more,
      folded: true,
    });
  }
  if (pairs.length > 0) {
    tables.push({
      title: 'Pairs of classes that are mixed up',
      head: [
        'given',
        'probably',
        'estimated examples',
        'flagged',
        `share of the given label (%), ${interval}`,
      ],
      rows: worst.rows.map(({ given, suggested, estimated, flagged, rate, interval: ends }) => [
        given,
        suggested,
        estimated,
        flagged,
        { value: rate, interval: ends, share: true },
      ]),
      more: worst.more,
      folded: true,
    });
  }
  return tables;
}

/** What is shown of labels that are probably wrong: conflicts first, then the worst of them, and which classes are mixed up. */
export function labelIssuesView(found: LabelIssues): View {
  const { noise, precision, conflicts, issues } = found;
  const notes = noise ? [noise.why] : [];
  if (issues.length > 0 && !Number.isNaN(precision.value))
    notes.push(`The expected share is estimated ${precision.why}.`);
  return {
    answer: answerOf(found),
    notes,
    tables: [
      ...(conflicts.length > 0 ? [conflictTable(conflicts)] : []),
      ...(issues.length > 0 ? [issueTable(found)] : []),
      ...classTables(found),
    ],
    figure: labelIssuesFigure(found),
    warnings: found.warnings,
  };
}
