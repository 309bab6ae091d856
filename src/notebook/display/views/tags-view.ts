import { drawnTags, errorTags as errorTagsFigure } from '../../../figures/error-tags';
import {
  ceilingWords,
  errorOfTags,
  luckyWords,
  points,
  rankingWords,
  tagsTitle,
} from '../../../figures/tag-words';
import { percent } from '../../../figures/template';
import type { ErrorTags, StoredTags, TagSince } from '../../../look/tags/types';
import { tagTable } from '../tags/tag-table';
import { firstRows, type ExampleGroup, type View, type ViewTable } from '../view';

/** Examples of a tag that get a card. */
const EXAMPLES = 6;

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

function tagsTable(result: ErrorTags): ViewTable {
  const { rows, more } = firstRows(result.tags);
  const dear = rows.some(({ effort }) => effort !== 1);
  const right = rows.some(({ correct }) => correct > 0);
  return {
    title: `Tags of ${plural(result.errors.reviewed, 'error')} looked at`,
    head: [
      'tag',
      'errors',
      'with no other tag',
      'share of all errors (%)',
      `${errorOfTags(result)} at best (%)`,
      ...(dear ? ['effort', 'gain for its effort (points)'] : []),
      'gains most (% sure)',
      ...(dear ? [] : ['ahead of the next (% sure)']),
      ...(right ? ['right answers'] : []),
    ],
    rows: rows.map((one) => [
      one.tag,
      one.count,
      one.only,
      { value: one.share, interval: one.interval, share: true },
      { value: one.ceiling.value, interval: one.ceiling.interval, share: true },
      ...(dear ? [one.effort, 100 * one.perEffort] : []),
      { value: one.first, share: true },
      ...(dear ? [] : [{ value: one.ahead, share: true }]),
      ...(right ? [one.correct] : []),
    ]),
    more,
  };
}

function planTable({ plan }: ErrorTags): ViewTable[] {
  if (plan.length < 2) return [];
  const dear = plan.some(({ effort }, i) => effort !== i + 1);
  return [
    {
      title: 'Fixed together, one after the other (an example with two tags counts once)',
      head: [
        'fix',
        'adds errors',
        'share of all errors (%)',
        'error at best (%)',
        ...(dear ? ['effort so far'] : []),
      ],
      rows: plan.map((step, i) => [
        i === 0 ? step.tag : `… and ${step.tag}`,
        step.adds,
        { value: step.share, interval: step.interval, share: true },
        { value: step.ceiling.value, interval: step.ceiling.interval, share: true },
        ...(dear ? [step.effort] : []),
      ]),
      folded: true,
    },
  ];
}

/** What is certain of a tag's fixed share beside the others': a word. */
function against({ pValue, share, elsewhere }: TagSince, level: number): string {
  if (!(pValue < 1 - level)) return 'no more than others';
  return share > elsewhere.share ? 'more than others' : 'less than others';
}

function sinceTable({ since, level }: ErrorTags): ViewTable[] {
  if (!since) return [];
  const { errors, fixed, still, broken } = since;
  const all = `${fixed} of ${plural(errors, 'earlier error')} fixed, ${still} still wrong${broken === null ? '' : `, ${broken} new`}`;
  return [
    {
      title: `Since the earlier model: ${all}`,
      head: [
        'tag',
        'were wrong',
        'fixed (%)',
        'still wrong',
        'newly wrong',
        'fixed without the tag (%)',
        'fixed',
      ],
      rows: since.tags.map((one) => [
        one.tag,
        one.n,
        { value: one.share, interval: one.interval, share: true },
        one.still,
        one.wereRight > 0 ? `${one.broken} of ${one.wereRight}` : '—',
        { value: one.elsewhere.share, share: true },
        against(one, level),
      ]),
    },
  ];
}

function metadataTable({ tags }: ErrorTags): ViewTable[] {
  const rows = tags.flatMap(({ tag, metadata }) => metadata.map((own) => ({ tag, ...own })));
  if (rows.length === 0) return [];
  return [
    {
      title: 'What the tags go with',
      head: ['tag', 'metadata', 'value', 'with the tag (%)', 'n', 'other errors (%)', 'n'],
      rows: rows.map((own) => [
        ...[own.tag, own.column, own.value],
        { value: own.share, interval: own.interval, share: true },
        own.n,
        { value: own.otherShare, share: true },
        own.otherN,
      ]),
      folded: true,
    },
  ];
}

/** Errors of each tag, at a click on its bar. */
function groupsOf(result: ErrorTags): readonly ExampleGroup[] {
  return drawnTags(result).map(({ tag, count, gain }, i) => {
    const own = result.examples.filter(({ wrong, tags }) => wrong && tags?.includes(tag));
    return {
      title: `${tag}: ${plural(count, 'error')}, ${own.length > EXAMPLES ? `the first ${EXAMPLES}` : 'all shown'}`,
      marks: [{ part: 'bar', trace: 0, point: i, box: [0, i - 0.25, gain.value, i + 0.25] as const }],
      cards: own.slice(0, EXAMPLES),
    };
  });
}

function notesOf(result: ErrorTags): string[] {
  const { tags, errors, since } = result;
  const [first] = tags;
  const known = errors.reviewed > 0 && first?.count > 0;
  const change =
    since?.change && Number.isFinite(since.change.value)
      ? `The error changed by ${points(since.change.value).replace('-', '−')} [${since.change.interval.map((end) => points(end).replace(/ %$/, '').replace('-', '−')).join(', ')}] since the earlier model.`
      : '';
  return [
    ...(known ? [ceilingWords(result, first), rankingWords(result)] : []),
    change,
    luckyWords(result),
    ...(errors.reviewed > 0 && errors.reviewed < errors.n
      ? [
          `${errors.reviewed} of ${errors.n} errors looked at; ${percent(errors.noTag.share)} of all errors fit no tag.`,
        ]
      : []),
  ].filter((words) => words !== '');
}

/** What is shown of tagged errors: what to fix first, the table to go through, and what is known so far. */
export function errorTagsView(result: ErrorTags): View {
  const known = result.errors.reviewed > 0 && result.tags.some(({ count }) => count > 0);
  const looked = result.errors.reviewed > 0;
  return {
    answer: `${tagsTitle(result)}.`,
    notes: notesOf(result),
    ...(result.examples.length > 0 && { widget: tagTable(result) }),
    ...(looked && { figure: errorTagsFigure(result) }),
    examples: known ? groupsOf(result) : [],
    tables: looked
      ? [
          ...(result.tags.length > 0 ? [tagsTable(result)] : []),
          ...sinceTable(result),
          ...planTable(result),
          ...metadataTable(result),
        ]
      : [],
    warnings: result.warnings,
  };
}

/** What is shown of tags that were read from a file. */
export function storedTagsView({ tagNames, examples, fingerprint }: StoredTags): View {
  const { rows, more } = firstRows(tagNames);
  const of = fingerprint ? `, made on ${plural(fingerprint.n, 'example')}` : '';
  return {
    answer: `${plural(examples.length, 'example')} looked at, ${plural(tagNames.length, 'tag')}${of}.`,
    notes: ['tagErrors(predictions, { tagged: … }) says what they mean for a model.'],
    tables: [
      {
        head: ['tag', 'examples'],
        rows: rows.map((tag) => [tag, examples.filter(({ tags }) => tags.includes(tag)).length]),
        more,
      },
    ],
  };
}
