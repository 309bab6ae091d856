import { percent, threeDigits } from '../../figures/template';
import type { Figure } from '../../figures/figure';
import { examplesHtml } from './examples/examples-html';
import { figureHtml } from './figure-html';
import { escapeHtml } from './html';
import type { Cell, FoldedFigure, View, ViewFinding, ViewLine, ViewTable } from './view';
import { cellText, isNumeric } from './view-text';

const SEVERITY = {
  error: { icon: '✖', word: 'Error', colour: '#D55E00' },
  warning: { icon: '▲', word: 'Warning', colour: '#E69F00' },
  info: { icon: '●', word: 'Info', colour: '#0072B2' },
} as const;

const LINE = 'border-bottom:1px solid rgba(128,128,128,.35)';

function cellHtml(cell: Cell): string {
  if (typeof cell !== 'object') return escapeHtml(cellText(cell));
  const word = cell.share ? percent : threeDigits;
  const between = cell.interval
    ? ` <span style="opacity:.7;white-space:nowrap">[${escapeHtml(`${word(cell.interval[0])}, ${word(cell.interval[1])}`)}]</span>`
    : '';
  const width = Math.round(100 * Math.min(1, Math.max(0, cell.value)));
  const bar =
    cell.share && Number.isFinite(cell.value)
      ? `<div style="height:4px;width:80px;margin-left:auto;background:rgba(128,128,128,.25)"><div style="height:4px;width:${width}%;background:#0072B2"></div></div>`
      : '';
  return escapeHtml(word(cell.value)) + between + bar;
}

const foldedHtml = (title: string, body: string): string =>
  `<details><summary style="cursor:pointer;opacity:.8">${title}</summary>${body}</details>`;

/** The picture of a figure in base64, where there is one. */
export type PngOf = (figure: Figure) => string | undefined;

function pictured(figure: Figure, pngOf: PngOf, number?: number): string {
  const png = pngOf(figure);
  return figureHtml(figure, { ...(png !== undefined && { png }), ...(number !== undefined && { number }) });
}

const foldedFigure = ({ name, figure }: FoldedFigure, pngOf: PngOf, number: number): string =>
  foldedHtml(escapeHtml(`${name}: ${figure.title}`), pictured(figure, pngOf, number));

/** Characters that a column must have room for: its longest word, if that is no monster. */
function roomFor(table: ViewTable, column: number): number {
  const texts = [table.head[column], ...table.rows.map((row) => cellText(row[column]).replace(/ \[.*$/, ''))];
  const words = texts.flatMap((text) => text.split(/\s+/)).map((word) => [...word].length);
  return 1 + Math.min(14, Math.max(...words));
}

function tableHtml(table: ViewTable): string {
  const side = table.head.map((_, i) => (isNumeric(table, i) ? 'right' : 'left'));
  const room = table.head.map((_, i) => roomFor(table, i));
  const style = (i: number): string =>
    `style="text-align:${side[i]};padding:3px 10px;min-width:calc(${room[i]}ch + 20px);${LINE}"`;
  const head = table.head.map((name, i) => `<th scope="col" ${style(i)}>${escapeHtml(name)}</th>`).join('');
  const rows = table.rows.map(
    (row) => `<tr>${row.map((cell, i) => `<td ${style(i)}>${cellHtml(cell)}</td>`).join('')}</tr>`,
  );
  const more = table.more ? `<p style="margin:4px 0;opacity:.7">… and ${table.more} more</p>` : '';
  const body = `<table style="border-collapse:collapse;margin:6px 0;font-variant-numeric:tabular-nums;color:inherit"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>${more}`;
  const title = escapeHtml(table.title ?? '');
  if (table.folded) return foldedHtml(title, body);
  return (title && `<p style="margin:10px 0 0"><b>${title}</b></p>`) + body;
}

const lineHtml = ({ label, words }: ViewLine): string =>
  `<p style="margin:4px 0">${label ? `<b>${escapeHtml(label)}.</b> ` : ''}${escapeHtml(words)}</p>`;

function findingHtml(finding: ViewFinding, pngOf: PngOf): string {
  const { icon, word, colour } = SEVERITY[finding.severity];
  const { figure } = finding;
  const shown = finding.open
    ? figure && pictured(figure.figure, pngOf)
    : figure && foldedHtml(escapeHtml(figure.name), pictured(figure.figure, pngOf));
  const learnt = finding.learnt.map(
    ({ tables, ...line }) =>
      `<div style="border-left:4px solid #009E73;padding:2px 0 2px 10px;margin:8px 0">${lineHtml(line)}${tables.map(tableHtml).join('')}</div>`,
  );
  return [
    `<section style="border-left:4px solid ${colour};padding:2px 0 2px 12px;margin:14px 0">`,
    `<p style="margin:0"><span style="color:${colour};font-weight:bold">${icon} ${word}</span> <b>${escapeHtml(finding.message)}</b></p>`,
    ...finding.lines.map(lineHtml),
    shown ?? '',
    finding.causes.rows.length > 0 ? tableHtml(finding.causes) : '',
    ...learnt,
    ...finding.next.map(lineHtml),
    finding.measured.rows.length > 0 ? tableHtml(finding.measured) : '',
    '</section>',
  ].join('');
}

/**
 * Returns a view as a piece of HTML that needs nothing from outside: the answer, findings, picture, tables, notes.
 * Colours of words are the page's own, so it reads on white and on dark. Every string is escaped.
 *
 * @param view what is shown of a result
 * @param pngOf pictures of its figures; defaults to none
 */
export function viewHtml(view: View, pngOf: PngOf = () => undefined): string {
  const notes = (view.notes ?? []).map(
    (note) => `<p style="margin:4px 0;opacity:.8">${escapeHtml(note)}</p>`,
  );
  const warnings = (view.warnings ?? []).map(
    (w) =>
      `<p style="margin:4px 0;opacity:.8">Note: ${escapeHtml(w.message)}${w.count > 1 ? ` (${w.count} times)` : ''}</p>`,
  );
  const { aside } = view;
  return [
    '<div class="hunch" style="color:inherit;max-width:860px;overflow-wrap:anywhere">',
    `<p style="font-size:1.15em;margin:4px 0"><b>${escapeHtml(view.answer)}</b></p>`,
    ...notes,
    ...(view.findings ?? []).map((finding) => findingHtml(finding, pngOf)),
    aside
      ? foldedHtml(escapeHtml(aside.title), aside.findings.map((one) => findingHtml(one, pngOf)).join(''))
      : '',
    view.widget?.html ?? '',
    view.figure ? pictured(view.figure, pngOf, 0) : '',
    examplesHtml(view.examples ?? []),
    ...(view.folded ?? []).map((folded, i) => foldedFigure(folded, pngOf, i + 1)),
    ...(view.tables ?? []).map(tableHtml),
    ...warnings,
    '</div>',
  ].join('');
}
