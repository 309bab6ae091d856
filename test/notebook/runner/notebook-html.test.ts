import { JSDOM } from 'jsdom';
import { highlight } from '../../../src/notebook/runner/highlight';
import { markdownHtml } from '../../../src/notebook/runner/markdown-html';
import type { Notebook, NotebookCell, NotebookOutput } from '../../../src/notebook/runner/notebook';
import { notebookHtml } from '../../../src/notebook/runner/notebook-html';
import { outputHtml } from '../../../src/notebook/runner/output-html';
import { plainText } from '../../../src/notebook/runner/plain-text';
import { summaryOf } from '../../../src/notebook/runner/summary-of';

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(2)>&"'`;

const code = (source: string, outputs: readonly NotebookOutput[] = []): NotebookCell => ({
  cell_type: 'code',
  id: 'c',
  metadata: {},
  source,
  execution_count: 3,
  outputs,
});
const markdown = (source: string): NotebookCell => ({ cell_type: 'markdown', metadata: {}, source });
const book = (...cells: NotebookCell[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells,
});
const page = (notebook: Notebook): Document =>
  new JSDOM(notebookHtml(notebook, { script: '' })).window.document;
const data = (bundle: Record<string, unknown>): NotebookOutput => ({
  output_type: 'display_data',
  data: bundle,
  metadata: {},
});
const PLOTLY = 'application/vnd.plotly.v1+json';

describe('plainText', () => {
  it('leaves what a terminal would show', () => {
    expect(plainText('\u001b[1;31mred\u001b[0m')).toBe('red');
    expect(plainText('10 %\r20 %\r\nnext')).toBe('20 %\nnext');
    expect(plainText('\u001b]0;title\u0007words\u001b[K\u0007')).toBe('words');
    expect(plainText('\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\')).toBe('link');
    expect(plainText('a\tb\n')).toBe('a\tb\n');
  });
});

describe('highlight', () => {
  it('marks comments, strings, numbers and keywords', () => {
    expect(highlight('const n = 0x1f; // of x')).toBe(
      '<span class="k">const</span> n = <span class="n">0x1f</span>; <span class="c">// of x</span>',
    );
    expect(highlight('`a\\`${1}`')).toBe('<span class="s">`a\\`${1}`</span>');
  });

  it('leaves names that only hold a keyword, properties, and names with other case', () => {
    for (const source of ['iffy', 'a.of', 'format2', '$new', 'x1', 'For'])
      expect(highlight(source)).toBe(source);
  });

  it('shows every character of any source, and no tag of it', () => {
    for (const source of [HOSTILE, '"open', '/* open', "'a\nb'", '1_000.5e-3n', 'a</b>/*<i>*/', '']) {
      const dom = new JSDOM(`<pre>x${highlight(source)}</pre>`).window.document.querySelector('pre')!;
      expect(dom.textContent).toBe(`x${source}`);
      expect([...dom.querySelectorAll('*')].every((node) => node.tagName === 'SPAN')).toBe(true);
    }
  });
});

describe('markdownHtml', () => {
  it('shows HTML as text', () => {
    expect(markdownHtml('a <b onclick=x>b</b>')).toBe('<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n');
    expect(markdownHtml('[x](javascript:alert(1))')).toBe('<p>[x](javascript:alert(1))</p>\n');
  });

  it('puts attachments and known pictures into the page, and makes links of all others', () => {
    const attachments = { 'a b.png': { 'image/png': ['iVBO', 'Rw0\n'] } };
    expect(markdownHtml('![A](attachment:a%20b.png)', { attachments })).toBe(
      '<p><img alt="A" src="data:image/png;base64,iVBORw0"></p>\n',
    );
    const pictureOf = (source: string): string | undefined =>
      source === 'p.png' ? 'data:image/png;base64,AA' : undefined;
    expect(markdownHtml('![P](p.png)', { pictureOf })).toContain(
      '<img alt="P" src="data:image/png;base64,AA">',
    );
    for (const source of ['https://example.org/x.png', 'q.png', 'attachment:none.png']) {
      const html = markdownHtml(`![Q "](${source})`, { attachments, pictureOf });
      expect(html).toBe(`<p><a href="${source}" rel="noopener">Q &quot;</a></p>\n`);
    }
  });
});

describe('outputHtml', () => {
  it('takes the richest form', () => {
    const all = { 'text/plain': 'words', 'text/html': '<i>h</i>', 'image/png': 'AA' };
    expect(outputHtml(data(all))).toBe('<i>h</i>');
    expect(outputHtml(data({ 'text/plain': 'w "', 'image/png': ['A\n', 'A'] }))).toBe(
      '<img alt="w &quot;" src="data:image/png;base64,AA">',
    );
    expect(outputHtml(data({ 'text/plain': ['a\n', '<b>'] }))).toBe('<pre class="text">a\n&lt;b&gt;</pre>');
    expect(outputHtml(data({ 'application/json': { a: 1 } }))).toBe(
      '<pre class="text">{\n  &quot;a&quot;: 1\n}</pre>',
    );
    expect(outputHtml(data({}))).toBe('');
  });

  it('draws figures from their data, with the picture until then', () => {
    const figure = { data: [{ type: 'bar', y: [1], name: HOSTILE }], layout: { title: { text: 'T<br>2' } } };
    const html = outputHtml(data({ [PLOTLY]: figure, 'text/html': 'not this', 'image/png': 'AA' }));
    const dom = new JSDOM(html).window.document;
    expect(dom.querySelector('.hunch-figure img')!.getAttribute('alt')).toBe('T 2');
    expect(dom.querySelectorAll('script')).toHaveLength(1);
    expect(html).not.toContain('not this');
  });

  it('shows pictures of SVG as pictures, so that their scripts do not run', () => {
    expect(outputHtml(data({ 'image/svg+xml': '<svg onload="x"/>' }))).toBe(
      `<img alt="" src="data:image/svg+xml;base64,${Buffer.from('<svg onload="x"/>').toString('base64')}">`,
    );
  });

  it('escapes streams and errors and takes their colours away', () => {
    expect(outputHtml({ output_type: 'stream', name: 'stderr', text: ['\u001b[31m<', 'b>'] })).toBe(
      '<pre class="text stderr">&lt;b&gt;</pre>',
    );
    expect(outputHtml({ output_type: 'error', ename: 'E', evalue: '<v>', traceback: [] })).toBe(
      '<pre class="text error">E: &lt;v&gt;</pre>',
    );
  });
});

describe('notebookHtml', () => {
  it('lets nothing hostile out of text, code, title and printed output', () => {
    const stream = { output_type: 'stream', name: 'stdout', text: HOSTILE };
    const error = { output_type: 'error', ename: HOSTILE, evalue: HOSTILE, traceback: [HOSTILE] };
    const plain = data({ 'text/plain': HOSTILE });
    const raw: NotebookCell = { cell_type: 'raw', metadata: {}, source: HOSTILE };
    const document = page(book(markdown(`# ${HOSTILE}`), code(HOSTILE, [stream, error, plain]), raw));
    expect(document.querySelectorAll('script, img, [onerror]')).toHaveLength(0);
    expect(document.title).toBe(HOSTILE.trim());
    expect(document.querySelector('.source')!.textContent).toBe(HOSTILE);
    expect([...document.querySelectorAll('.output')].map((node) => node.textContent)).toEqual([
      HOSTILE,
      HOSTILE,
      HOSTILE,
    ]);
  });

  it('asks for nothing from outside', () => {
    const document = page(book(markdown('# A\n![x](https://example.org/x.png)'), code('1')));
    const asked = [...document.querySelectorAll('[src], link[href]')].map(
      (node) => node.getAttribute('src') ?? node.getAttribute('href'),
    );
    expect(asked.every((source) => source!.startsWith('data:'))).toBe(true);
  });

  it('carries the script for figures once, and only when there is one', () => {
    const figure = data({ [PLOTLY]: { data: [], layout: {} } });
    const options = { script: '<script id="s"></script>' };
    expect(notebookHtml(book(code('1')), options)).not.toContain('id="s"');
    expect(notebookHtml(book(code('1', [figure, figure])), options).split('id="s"')).toHaveLength(2);
    expect(notebookHtml(book(code('1', [figure]))).match(/window\.hunchPlotly=/g)).toHaveLength(1);
  });

  it('leaves empty cells out, counts the others, and takes the title that is given', () => {
    const html = notebookHtml(book(code(' \n'), { ...code('2'), execution_count: null }), {
      title: 'My <T>',
    });
    const { document } = new JSDOM(html).window;
    expect([...document.querySelectorAll('.prompt')].map((node) => node.textContent)).toEqual(['[ ]']);
    expect(document.title).toBe('My <T>');
    expect(page(book(code('1'))).title).toBe('Notebook');
    expect(page(book(markdown('text\n\n## The *point*'))).title).toBe('The point');
  });

  it('refuses an option it does not know', () => {
    expect(() => notebookHtml(book(), { titel: 'x' } as object)).toThrow('Did you mean "title"?');
  });
});

describe('summaryOf', () => {
  it('takes what the last code cell shows, prints, or says in so many lines', () => {
    expect(summaryOf(book(code('1', [data({ 'text/plain': 'first' })]), code('2')))).toBeUndefined();
    const printed = { output_type: 'stream', name: 'stdout', text: 'one\ntwo\n' };
    expect(summaryOf(book(code('1', [printed]), markdown('end'), code('')))).toBe('one\ntwo');
    expect(summaryOf(book(code('1', [printed, data({ 'text/plain': ['a\n', 'b'] })])))).toBe('a\nb');
    const lines = {
      'application/vnd.hunch.summary+json': { lines: ['x', '\u001b[1my'] },
      'text/plain': 'no',
    };
    expect(summaryOf(book(code('1', [data(lines)])))).toBe('x\ny');
  });
});
