import { anything, checkOptions, fn, text } from '../../core/options';
import { escapeHtml } from '../display/html';
import { plotlyScript } from '../display/plotly-script';
import { highlight } from './highlight';
import { markdownHtml, type MarkdownHtmlOptions } from './markdown-html';
import { wholeText, type Notebook, type NotebookCell } from './notebook';
import { outputHtml } from './output-html';
import { PAGE_STYLE } from './page-style';

/** Options of {@link notebookHtml}. */
export interface NotebookHtmlOptions extends Pick<MarkdownHtmlOptions, 'pictureOf'> {
  /** Title of the page; defaults to the first heading, else "Notebook". */
  readonly title?: string;
  /** The script element that draws figures; defaults to the one that carries Plotly. */
  readonly script?: string;
}

function cellHtml(cell: NotebookCell, options: NotebookHtmlOptions): string {
  const source = wholeText(cell.source);
  if (cell.cell_type === 'markdown') {
    const { attachments } = cell;
    return `<section class="markdown">${markdownHtml(source, { attachments, pictureOf: options.pictureOf })}</section>`;
  }
  if (source.trim() === '' && !cell.outputs?.length) return '';
  if (cell.cell_type === 'raw') return `<section class="cell"><pre>${escapeHtml(source)}</pre></section>`;
  const count = cell.execution_count ?? ' ';
  const outputs = (cell.outputs ?? [])
    .map(outputHtml)
    .filter((html) => html !== '')
    .map((html) => `<div class="output">${html}</div>`);
  return `<section class="cell"><div class="prompt">[${count}]</div><pre class="source" tabindex="0"><code>${highlight(source)}</code></pre>${outputs.join('\n')}</section>`;
}

function headingOf(notebook: Notebook): string | undefined {
  for (const cell of notebook.cells) {
    const heading = cell.cell_type === 'markdown' && /^#{1,6}\s+(.+)$/m.exec(wholeText(cell.source));
    if (heading) return heading[1].replace(/[*_`]/g, '').trim();
  }
  return undefined;
}

/**
 * Returns a notebook as one HTML page that needs nothing else: text, code, outputs, and figures that answer the pointer. It opens
 * from disk, without a network, on a phone as on a desk, light or dark, and prints.
 *
 * Text, code and printed output are escaped; HTML that a cell has put out is taken as it is, so do not export notebooks whose outputs
 * you do not trust.
 *
 * @param notebook a notebook in format 4, executed or not
 * @param options title and pictures
 * @returns a whole HTML document
 * @throws InputError `unknown-option`, `invalid-type`
 */
export function notebookHtml(notebook: Notebook, options: NotebookHtmlOptions = {}): string {
  checkOptions('notebookHtml', options, { title: text, script: anything, pictureOf: fn });
  const title = options.title ?? headingOf(notebook) ?? 'Notebook';
  const body = notebook.cells.map((cell) => cellHtml(cell, options)).filter((html) => html !== '');
  const hasFigure = body.some((html) => html.includes('class="hunch-figure"'));
  return [
    '<!DOCTYPE html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    `<title>${escapeHtml(title)}</title><style>${PAGE_STYLE}</style></head>`,
    '<body><main>',
    ...body,
    '</main>',
    hasFigure ? (options.script ?? plotlyScript()) : '',
    '</body></html>',
    '',
  ].join('\n');
}
