import { PLOTLY_MIME } from '../display/bundle-of';
import { escapeHtml } from '../display/html';
import { plotlyScript } from '../display/plotly-script';
import { highlight } from './highlight';
import { markdownHtml, type MarkdownHtmlOptions } from './markdown-html';
import { wholeText, type Notebook, type NotebookCell } from './notebook';
import { outputHtml } from './output-html';
import { PAGE_STYLE } from './page-style';

/** Options of {@link notebookHtml}. */
export interface NotebookHtmlOptions extends Pick<MarkdownHtmlOptions, 'pictureOf'> {
  /** Title of the page; defaults to the first heading. */
  readonly title?: string;
}

function codeHtml(cell: NotebookCell): string {
  const outputs = (cell.outputs ?? []).map((output) => `<div class="output">${outputHtml(output)}</div>`);
  const count = `<div class="count">${cell.execution_count ?? ''}</div>`;
  return `<div class="input">${count}<pre>${highlight(wholeText(cell.source))}</pre></div>\n${outputs.join('\n')}`;
}

/**
 * Returns a notebook as one HTML page that needs nothing else: it opens from disk, offline, with interactive figures.
 * Markdown and code are escaped; HTML outputs are taken as they are, since the person's own code made them.
 */
export function notebookHtml(notebook: Notebook, options: NotebookHtmlOptions = {}): string {
  const { pictureOf } = options;
  const headings = notebook.cells.map((cell) => /^#\s+(.+)$/m.exec(wholeText(cell.source))?.[1]);
  const title = options.title ?? headings.find((heading) => heading !== undefined) ?? 'Notebook';
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type === 'code') return codeHtml(cell);
    const source = wholeText(cell.source);
    return cell.cell_type === 'markdown'
      ? markdownHtml(source, { attachments: cell.attachments, pictureOf })
      : `<pre>${escapeHtml(source)}</pre>`;
  });
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  const library = outputs.some(({ data }) => data && PLOTLY_MIME in data) ? plotlyScript() : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><style>${PAGE_STYLE}</style></head>
<body><main>
${cells.join('\n')}
<footer>Made by Hunch. Figures answer the pointer; nothing on this page is loaded from elsewhere.</footer>
</main>
${library}
</body></html>
`;
}
