import { threeDigits } from '../../../figures/template';
import type { SeriesBody } from '../../../look/cards/types';
import { escapeHtml } from '../html';

const WIDTH = 200;
const HEIGHT = 72;

/** Okabe and Ito; the dash tells channels apart without colour. */
const LINES = [
  ['#0072B2', ''],
  ['#E69F00', '6 2'],
  ['#009E73', '2 2'],
  ['#D55E00', '8 2 2 2'],
  ['#CC79A7', '4 4'],
  ['#56B4E9', '1 3'],
] as const;

/** Coordinates of a line; it breaks where a value is not finite. */
function pathOf(values: readonly number[], y: (value: number) => number): string {
  const step = (WIDTH - 4) / Math.max(1, values.length - 1);
  let pen = 'M';
  let path = '';
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) {
      pen = 'M';
      return;
    }
    path += `${pen}${(2 + i * step).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = 'L';
  });
  return path;
}

/** Returns a series as a small drawing, all channels on one scale, with its range in words. */
export function seriesSvg({ values, channels, steps, more = 0 }: SeriesBody): string {
  const known = values.flat().filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const y = (value: number): number =>
    high > low ? HEIGHT - 4 - ((value - low) / (high - low)) * (HEIGHT - 8) : HEIGHT / 2;
  const lines = values.map((own, k) => {
    const [colour, dash] = LINES[k % LINES.length];
    return `<path d="${pathOf(own, y)}" fill="none" stroke="${colour}" stroke-width="1.5"${dash && ` stroke-dasharray="${dash}"`}><title>${escapeHtml(`channel ${channels[k]}`)}</title></path>`;
  });
  const shown = more > 0 ? `, ${channels.length} of ${channels.length + more} channels` : '';
  const words = `${steps} steps${shown || (channels.length > 1 ? `, ${channels.length} channels` : '')}, ${threeDigits(low)} to ${threeDigits(high)}`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(words)}">${lines.join('')}</svg><div class="hunch-quiet">${escapeHtml(words)}</div>`;
}
