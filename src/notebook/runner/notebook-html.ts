import type { Figure } from '../../figures/figure';
import { figureHtml } from '../display/figure-html';
import { escapeHtml } from '../display/html';
import { plotlyScript } from '../display/plotly-script';
import type { Output } from '../client/outputs';
import { highlight } from './highlight';
import { sourceOf, type Notebook, type NotebookCell } from './notebook';
import { PAGE_STYLE } from './page-style';

const PLOTLY = 'application/vnd.plotly.v1+json';
// eslint-disable-next-line no-control-regex
const ANSI = /\u001b\[[0-9;?]*[A-Za-z]/g;

const text = (value: unknown): string => (Array.isArray(value) ? value.join('') : String(value ?? ''));
const pre = (content: string, kind = ''): string =>
  `<pre${kind && ` class="${kind}"`}>${escapeHtml(content.replace(ANSI, ''))}</pre>`;

function titleOf(figure: { layout?: unknown }): string {
  const title = (figure.layout as { title?: string | { text?: string } } | undefined)?.title;
  const words = typeof title === 'string' ? title : (title?.text ?? 'figure');
  return words.replace(/<br\s*\/?>/g, ' ').replace(/<[^>]*>/g, '');
}

/** The richest form of a bundle that a page can show. */
function bundleHtml(data: Readonly<Record<string, unknown>>): string {
  const figure = data[PLOTLY] as (Partial<Figure> & { layout: Figure['layout'] }) | undefined;
  if (figure) {
    const whole = { kind: 'figure', title: titleOf(figure), config: {}, data: [], ...figure } as Figure;
    return figureHtml(whole, data['image/png'] === undefined ? {} : { png: text(data['image/png']) });
  }
  if (data['text/html'] !== undefined) return text(data['text/html']);
  if (data['image/png'] !== undefined) {
    return `<img alt="" src="data:image/png;base64,${escapeHtml(text(data['image/png']).replace(/\s/g, ''))}">`;
  }
  return pre(text(data['text/plain']));
}

function outputHtml(output: Output): string {
  const {
    output_type: type,
    name,
    data,
    traceback,
    ename,
    evalue,
    text: written,
  } = output as Output & {
    readonly name?: string;
    readonly data?: Record<string, unknown>;
    readonly traceback?: readonly string[];
    readonly ename?: string;
    readonly evalue?: string;
    readonly text?: unknown;
  };
  if (type === 'stream') return pre(text(written), name === 'stderr' ? 'stderr' : '');
  if (type === 'error') return pre(traceback?.length ? traceback.join('\n') : `${ename}: ${evalue}`, 'error');
  return bundleHtml(data ?? {});
}

function codeHtml(cell: NotebookCell): string {
  const outputs = (cell.outputs ?? []).map((output) => `<div class="output">${outputHtml(output)}</div>`);
  return `<div class="input"><div class="count">${cell.execution_count ?? ''}</div><pre>${highlight(sourceOf(cell))}</pre></div>${outputs.join('\n')}`;
}

/**
 * Returns a notebook as one HTML page that needs nothing else: it opens from disk, offline, with interactive figures.
 * Markdown and code are escaped; HTML outputs are taken as they are, since the kernel made them.
 *
 * @param options `title` of the page; defaults to the first heading
 */
export async function notebookHtml(
  notebook: Notebook,
  options: { readonly title?: string } = {},
): Promise<string> {
  const { default: MarkdownIt } = await import('markdown-it');
  const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false });
  const heading = notebook.cells.map((cell) => /^#\s+(.+)$/m.exec(sourceOf(cell))?.[1]).find(Boolean);
  const title = options.title ?? heading ?? 'Notebook';
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type === 'code') return codeHtml(cell);
    return cell.cell_type === 'markdown' ? markdown.render(sourceOf(cell)) : pre(sourceOf(cell));
  });
  const figures = notebook.cells.some((cell) =>
    (cell.outputs ?? []).some(
      (output) => (output as { data?: object }).data && PLOTLY in (output as { data: object }).data,
    ),
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><style>${PAGE_STYLE}</style></head>
<body><main>
${cells.join('\n')}
<footer>Made by Hunch. Figures answer the pointer; nothing on this page is loaded from elsewhere.</footer>
</main>
${figures ? plotlyScript() : ''}
</body></html>
`;
}
