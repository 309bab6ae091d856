import { PLOTLY_MIME } from '../display/bundle-of';
import { figureHtml } from '../display/figure-html';
import { escapeHtml } from '../display/html';
import type { Figure, Trace } from '../../figures/figure';
import { markdownHtml } from './markdown-html';
import { wholeText, type NotebookOutput, type NotebookText } from './notebook';
import { plainText } from './plain-text';

function pre(text: string, className: string): string {
  return text === '' ? '' : `<pre class="${className}">${escapeHtml(plainText(text))}</pre>`;
}

function figureOf(stored: unknown, words: string): Figure {
  const { data = [], layout = {}, config } = stored as Partial<Figure>;
  const heading = (layout as { title?: unknown }).title;
  const title = typeof heading === 'string' ? heading : (heading as { text?: unknown } | undefined)?.text;
  return {
    kind: 'figure',
    title: typeof title === 'string' ? title.replace(/<[^>]*>/g, ' ').trim() : words,
    data: data as readonly Trace[],
    layout,
    config: config ?? { responsive: true, displaylogo: false },
  };
}

function richHtml(data: Readonly<Record<string, unknown>>): string {
  const of = (type: string): string => wholeText(data[type] as NotebookText | undefined);
  const words = plainText(of('text/plain'));
  const png = of('image/png');
  if (data[PLOTLY_MIME]) {
    return figureHtml(figureOf(data[PLOTLY_MIME], words.split('\n')[0]), png === '' ? {} : { png });
  }
  if (data['text/html'] !== undefined) return of('text/html');
  if (data['image/svg+xml'] !== undefined) {
    const packed = Buffer.from(of('image/svg+xml')).toString('base64');
    return `<img alt="${escapeHtml(words)}" src="data:image/svg+xml;base64,${packed}">`;
  }
  for (const type of ['image/png', 'image/jpeg']) {
    const packed = of(type).replace(/[^A-Za-z0-9+/=]/g, '');
    if (packed !== '') return `<img alt="${escapeHtml(words)}" src="data:${type};base64,${packed}">`;
  }
  if (data['text/markdown'] !== undefined) return markdownHtml(of('text/markdown'));
  if (words === '' && data['application/json'] !== undefined)
    return pre(JSON.stringify(data['application/json'], undefined, 2), 'text');
  return pre(words, 'text');
}

/**
 * Returns one output of a cell as HTML, in the richest form it has: figure, HTML, picture, Markdown, text. HTML of a cell is taken
 * as it is: it comes from code that the person has run.
 *
 * @param output an output in notebook format 4
 */
export function outputHtml(output: NotebookOutput): string {
  if (output.output_type === 'stream') {
    return pre(wholeText(output.text), output.name === 'stderr' ? 'text stderr' : 'text');
  }
  if (output.output_type === 'error') {
    const lines = output.traceback ?? [];
    return pre(lines.length > 0 ? lines.join('\n') : `${output.ename}: ${output.evalue}`, 'text error');
  }
  return richHtml(output.data ?? {});
}
