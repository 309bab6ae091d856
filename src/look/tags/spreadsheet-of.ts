import type { ErrorTags, StoredTags } from './types';

/** A cell of a CSV file; what a spreadsheet would take for a formula is kept as text by a space before it. */
function cell(text: string): string {
  const safe = /^[=+@-]/.test(text) && !/^-?[\d.]+$/.test(text) ? ` ${text}` : text;
  return /[",;\r\n\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replace(/"/g, '""')}"` : safe;
}

interface Row {
  readonly id: string;
  readonly label?: string;
  readonly predicted?: string;
  readonly wrong: boolean | null;
  readonly tags: readonly string[] | null;
  readonly note?: string;
}

/** Returns tags as a spreadsheet of separated values, one row an example, an x where it has the tag. */
export function spreadsheetOf(tags: ErrorTags | StoredTags): string {
  const names = tags.kind === 'error-tags' ? tags.store.tagNames : tags.tagNames;
  const rows: readonly Row[] = tags.examples;
  const head = ['id', 'label', 'predicted', 'wrong', 'reviewed', ...names, 'notes'];
  const mark = (is: boolean | null): string => (is ? 'x' : '');
  const lines = rows.map((row) => [
    ...[row.id, row.label ?? '', row.predicted ?? ''],
    row.wrong === null ? '' : row.wrong ? 'yes' : 'no',
    mark(row.tags !== null),
    ...names.map((name) => mark(row.tags?.includes(name) ?? false)),
    row.note ?? '',
  ]);
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\n`).join('');
}
