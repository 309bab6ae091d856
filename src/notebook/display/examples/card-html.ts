import { percent, shortText, threeDigits } from '../../../figures/template';
import type {
  CardBody,
  CardCell,
  ExampleCard,
  ImageBody,
  RowBody,
  TextBody,
} from '../../../look/cards/types';
import { escapeHtml } from '../html';
import { pixelsPng } from './pixels-png';
import { seriesSvg } from './series-svg';

/** Pixels that the longer side of a picture has at least. */
const SIDE = 96;
/** Rows of a table that are not folded. */
const ROWS = 10;
const NAME = 40;

function valueText(value: CardCell[1]): string {
  if (value === null) return '—';
  if (typeof value === 'number') return threeDigits(value);
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
}

function imageHtml(body: ImageBody, alt: string): string {
  const scale = Math.max(1, Math.ceil(SIDE / Math.max(body.width, body.height)));
  const of = body.of ? `<div class="hunch-quiet">${body.of[0]}×${body.of[1]} pixels, averaged</div>` : '';
  return `<img alt="${escapeHtml(alt)}" width="${body.width * scale}" height="${body.height * scale}" style="image-rendering:pixelated" src="data:image/png;base64,${pixelsPng(body)}">${of}`;
}

function textHtml({ text, tokens, unknown = [], unread = 0 }: TextBody): string {
  const whole = `<p dir="auto">${escapeHtml(text)}</p>`;
  if (!tokens) return whole;
  const strange = new Set(unknown);
  const shown = tokens.map((token, i) =>
    strange.has(i)
      ? `<s title="not in the vocabulary">${escapeHtml(token)}</s>`
      : `<span>${escapeHtml(token)}</span>`,
  );
  const words = [
    `${tokens.length} tokens`,
    ...(unknown.length > 0 ? [`struck through: ${unknown.length} that the vocabulary has not`] : []),
    ...(unread > 0 ? [`${unread} more are never read`] : []),
  ];
  return `${whole}<p class="hunch-tokens">${shown.join(' ')}</p><div class="hunch-quiet">${words.join(' · ')}</div>`;
}

function cellsHtml(cells: readonly CardCell[]): string {
  const rows = cells.map(
    ([name, value]) =>
      `<tr><th scope="row">${escapeHtml(shortText(name, NAME))}</th><td>${escapeHtml(valueText(value))}</td></tr>`,
  );
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function rowHtml({ cells, more = 0 }: RowBody): string {
  const [first, rest] = [cells.slice(0, ROWS), cells.slice(ROWS)];
  const left = more > 0 ? `<div class="hunch-quiet">… and ${more} more</div>` : '';
  if (rest.length === 0) return cellsHtml(first) + left;
  return `${cellsHtml(first)}<details><summary>${rest.length} more</summary>${cellsHtml(rest)}${left}</details>`;
}

function bodyHtml(body: CardBody, alt: string): string {
  switch (body.kind) {
    case 'image':
      return imageHtml(body, alt);
    case 'text':
      return textHtml(body);
    case 'row':
      return rowHtml(body);
    case 'series':
      return seriesSvg(body);
    default:
      return '';
  }
}

/** "cat, predicted dog". */
const saidOf = ({ label, predicted, correct }: ExampleCard): string =>
  predicted === '' ? label : correct ? `${label}, rightly` : `${label}, predicted ${predicted}`;

function verdict({ label, predicted, correct }: ExampleCard): string {
  const [own, said] = [label, predicted].map((name) => escapeHtml(shortText(name, NAME)));
  if (predicted === '') return `<b>${own}</b>`;
  if (correct === null) return `<b>${own} → ${said}</b>`;
  return correct ? `<b>${own}</b> ✔ right` : `<b>${own} → ${said}</b> ✖ wrong`;
}

function numbersOf({
  label,
  predicted,
  correct,
  confidence,
  predictedConfidence,
  loss,
}: ExampleCard): string {
  const sure = (name: string, p: number | null): string[] =>
    p === null ? [] : [`"${shortText(name, NAME)}" ${percent(p)}`];
  const parts = [
    ...sure(label, confidence),
    ...(correct === false ? sure(predicted, predictedConfidence) : []),
    ...(loss === null ? [] : [`loss ${threeDigits(loss)}`]),
  ];
  return escapeHtml(parts.join(' · '));
}

/**
 * Returns an example as a piece of HTML: what it is, its label and what was predicted, how sure, its loss and its id.
 *
 * @param at names of the parts of figures that show it at a click
 */
export function cardHtml(card: ExampleCard, at: readonly string[] = []): string {
  const { body, metadata, id } = card;
  const numbers = numbersOf(card);
  const beside = metadata.map(([name, value]) => `${shortText(name, NAME)} ${valueText(value)}`).join(' · ');
  return [
    `<figure class="hunch-card hunch-${body.kind}"${at.length > 0 ? ` data-at="${at.join(' ')}"` : ''}>`,
    bodyHtml(body, `example ${id}: ${saidOf(card)}`),
    `<figcaption><div>${verdict(card)}</div>`,
    numbers && `<div>${numbers}</div>`,
    beside && `<div class="hunch-quiet">${escapeHtml(beside)}</div>`,
    `<div class="hunch-quiet">${escapeHtml(shortText(id, 60))}</div></figcaption></figure>`,
  ].join('');
}
