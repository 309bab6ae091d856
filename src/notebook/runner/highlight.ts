import { escapeHtml } from '../display/html';

const TOKENS =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|(?<number>\b\d[\d_.]*(?:e[+-]?\d+)?\b)|(?<keyword>\b(?:as|async|await|break|case|catch|class|const|continue|default|do|else|enum|export|extends|false|finally|for|from|function|if|import|in|instanceof|interface|let|new|null|of|return|satisfies|switch|this|throw|true|try|type|typeof|undefined|var|while|yield)\b)/g;

/** TypeScript as HTML with spans for comments, strings, numbers and keywords; everything escaped. */
export function highlight(source: string): string {
  let out = '';
  let last = 0;
  for (const match of source.matchAll(TOKENS)) {
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0] ?? '';
    out +=
      escapeHtml(source.slice(last, match.index)) + `<span class="${kind}">${escapeHtml(match[0])}</span>`;
    last = match.index + match[0].length;
  }
  return out + escapeHtml(source.slice(last));
}
