import { escapeHtml } from '../display/html';

const KEYWORDS =
  'abstract any as async await boolean break case catch class const continue debugger default delete do else enum export extends false finally for from function if implements import in infer instanceof interface is keyof let namespace never new null number object of private protected public readonly return satisfies set static string super switch symbol this throw true try type typeof undefined unknown using var void while yield';

const TOKEN = new RegExp(
  [
    /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/.source,
    /(?<string>'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?|`(?:\\[\s\S]|[^`\\])*`?)/.source,
    /(?<number>\b(?:0[xob][\da-f_]+|\d[\d_]*(?:\.[\d_]*)?(?:e[+-]?\d+)?)n?\b)/.source,
    `(?<keyword>(?<![.\\w$])(?:${KEYWORDS.split(' ').join('|')})(?![\\w$]))`,
    /(?<name>[\w$]+)/.source,
  ].join('|'),
  'g',
);

/**
 * Returns TypeScript as HTML with comments, strings, numbers and keywords in spans of class `c`, `s`, `n` and `k`. By token,
 * not by grammar: an expression inside a template string is shown as a part of the string.
 *
 * @param source a cell's source
 * @example
 * highlight("let x = '<';") // => '<span class="k">let</span> x = <span class="s">&#39;&lt;&#39;</span>;'
 */
export function highlight(source: string): string {
  let html = '';
  let at = 0;
  for (const match of source.matchAll(TOKEN)) {
    const groups = match.groups!;
    const kind = ['comment', 'string', 'number', 'keyword'].find((name) => groups[name] !== undefined);
    html += escapeHtml(source.slice(at, match.index));
    const shown = escapeHtml(match[0]);
    html += kind ? `<span class="${kind[0]}">${shown}</span>` : shown;
    at = match.index + match[0].length;
  }
  return html + escapeHtml(source.slice(at));
}
