import MarkdownIt from 'markdown-it';
import type { MimeBundle } from '../../core/mime';
import { escapeHtml } from '../display/html';

/** Options of {@link markdownHtml}. */
export interface MarkdownHtmlOptions {
  /** Pictures that belong to the cell, by name. */
  readonly attachments?: Readonly<Record<string, MimeBundle>>;
  /** Returns a picture that the text names as a `data:` address; defaults to none. */
  readonly pictureOf?: (source: string) => string | undefined;
}

const EMBEDDED = /^data:image\/(?:png|jpeg|gif|webp);base64,/i;

function attached(source: string, attachments: MarkdownHtmlOptions['attachments']): string | undefined {
  const bundle = attachments?.[decodeURIComponent(source.slice('attachment:'.length))];
  const [type, content] = Object.entries(bundle ?? {}).find(([mime]) => mime.startsWith('image/')) ?? [];
  if (type === undefined) return undefined;
  const base64 = Array.isArray(content) ? content.join('') : String(content);
  return type === 'image/svg+xml' && base64.includes('<')
    ? `data:image/svg+xml;base64,${Buffer.from(base64).toString('base64')}`
    : `data:${type};base64,${base64.replace(/\s/g, '')}`;
}

function create(options: MarkdownHtmlOptions): MarkdownIt {
  const markdown = new MarkdownIt({ html: false, linkify: false });
  markdown.renderer.rules.image = (tokens, index) => {
    const token = tokens[index];
    const source = token.attrGet('src') ?? '';
    const words = escapeHtml(token.content);
    const picture = source.startsWith('attachment:')
      ? attached(source, options.attachments)
      : EMBEDDED.test(source)
        ? source
        : options.pictureOf?.(source);
    if (picture !== undefined) return `<img alt="${words}" src="${escapeHtml(picture)}">`;
    return `<a href="${escapeHtml(source)}" rel="noopener">${words || escapeHtml(source)}</a>`;
  };
  return markdown;
}

/**
 * Returns Markdown as HTML. HTML inside the text is shown as text; a picture that cannot be put into the page becomes a link, so
 * that the page asks for nothing from outside.
 *
 * @param source Markdown
 * @param options pictures
 */
export function markdownHtml(source: string, options: MarkdownHtmlOptions = {}): string {
  return create(options).render(source);
}
