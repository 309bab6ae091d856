import { percent, threeDigits } from '../../figures/template';
import type { Cell, View, ViewFinding, ViewLine, ViewTable } from './view';

const SEVERITY = { error: '✖ error', warning: '▲ warning', info: '● info' } as const;

/** A cell in words: three significant digits, an interval in brackets. */
export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell.replace(/\s+/g, ' ');
  if (typeof cell === 'number') return threeDigits(cell);
  const word = cell.share ? percent : threeDigits;
  const between = cell.interval ? ` [${word(cell.interval[0])}, ${word(cell.interval[1])}]` : '';
  return word(cell.value) + between;
}

/** True where a column holds numbers, which stand right. */
export function isNumeric(table: ViewTable, column: number): boolean {
  return table.rows.length > 0 && table.rows.every((row) => typeof row[column] !== 'string');
}

function clip(text: string): string {
  const signs = [...text];
  return signs.length > 60 ? `${signs.slice(0, 59).join('')}…` : text;
}

function tableText(table: ViewTable): string[] {
  if (table.brief) return [`${table.title ?? ''}.`];
  const rows = [table.head, ...table.rows].map((row) =>
    row.map((cell, i) => (i === row.length - 1 ? cellText(cell) : clip(cellText(cell)))),
  );
  const widths = table.head.map((_, i) => Math.max(...rows.map((row) => [...(row[i] ?? '')].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => {
        const gap = ' '.repeat(widths[i] - [...cell].length);
        return isNumeric(table, i) ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
  if (table.more) lines.push(`… and ${table.more} more`);
  return table.title ? [table.title, ...lines] : lines;
}

const lineText = ({ label, words }: ViewLine): string => (label ? `${label}: ${words}` : words);

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** A finding in words; what is folded in HTML is left out. */
function findingText(finding: ViewFinding): string[] {
  const causes = finding.causes.rows.length > 0 ? tableText(finding.causes) : [];
  return [
    `${SEVERITY[finding.severity]}: ${finding.message}`,
    ...indented([
      ...finding.lines.map(lineText),
      ...causes,
      ...finding.learnt.map(lineText),
      ...finding.next.map(lineText),
    ]),
  ];
}

/** Returns a view as plain words for a terminal: the answer, then what it rests on. */
export function viewText(view: View): string {
  const parts: string[][] = [[view.answer, ...(view.notes ?? [])]];
  for (const finding of view.findings ?? []) parts.push(findingText(finding));
  if (view.aside) {
    const { title, findings } = view.aside;
    parts.push([title, ...indented(findings.map(({ message }) => message))]);
  }
  if (view.widget?.text) parts.push([view.widget.text]);
  for (const { name, figure } of view.folded ?? []) parts.push([`${name}: ${figure.title}.`]);
  for (const table of view.tables ?? []) parts.push(tableText(table));
  const warnings = view.warnings ?? [];
  if (warnings.length > 0) {
    parts.push(warnings.map((w) => `Note: ${w.message}${w.count > 1 ? ` (${w.count} times)` : ''}`));
  }
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}
