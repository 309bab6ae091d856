import { inflateSync } from 'node:zlib';
import { JSDOM } from 'jsdom';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { figure } from '../../../src/figures/figure';
import { confusion } from '../../../src/look/confusion';
import type { ExampleCard, ImageBody } from '../../../src/look/cards/types';
import { crc32 } from '../../../src/notebook/display/examples/crc32';
import { examplesHtml } from '../../../src/notebook/display/examples/examples-html';
import { pixelsPng } from '../../../src/notebook/display/examples/pixels-png';
import { seriesSvg } from '../../../src/notebook/display/examples/series-svg';
import type { ExampleGroup, View } from '../../../src/notebook/display/view';
import { viewHtml } from '../../../src/notebook/display/view-html';
import { viewOf } from '../../../src/notebook/display/view-of';
import { viewText } from '../../../src/notebook/display/view-text';
import { datasets } from '../../../src/data/datasets';
import { predictionsFrom } from '../../../src/metrics/predictions-from';
import { evilCards } from './evil-cards';

/** Every seventh digit is taken for the next one. */
function digitsTaken() {
  const data = datasets.digits();
  const rows = data.ids.map((id, i) => {
    const y = data.labels[i];
    return { id, y: String(y), p: String(i % 7 === 0 ? (y + 1) % 10 : y) };
  });
  const predictions = predictionsFrom(rows, { id: 'id', label: 'y', predicted: 'p', classes: data.classes });
  return confusion(predictions, { data });
}

const EVILS = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><script>alert(1)</script>',
];

describe('pixelsPng', () => {
  it.each([
    [1, [0, 128, 255, 7]],
    [3, [255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3]],
    [4, [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 9, 8, 7, 255]],
  ] as const)('is read by another program: %i channels', async (channels, bytes) => {
    const body: ImageBody = {
      kind: 'image',
      width: 2,
      height: 2,
      channels,
      pixels: Buffer.from(bytes).toString('base64'),
    };
    const image = await loadImage(Buffer.from(pixelsPng(body), 'base64'));
    const pen = createCanvas(2, 2).getContext('2d');
    pen.drawImage(image, 0, 0);
    const seen = [...pen.getImageData(0, 0, 2, 2).data];
    const want = [0, 1, 2, 3].flatMap((i) => {
      const own = bytes.slice(i * channels, (i + 1) * channels);
      return channels === 1 ? [own[0], own[0], own[0], 255] : [own[0], own[1], own[2], own[3] ?? 255];
    });
    expect(seen).toEqual(want);
  });

  it('has the checksum of the standard', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
    const png = Buffer.from(
      pixelsPng({ kind: 'image', width: 2, height: 1, channels: 1, pixels: 'AAE=' }),
      'base64',
    );
    const at = png.indexOf('IDAT');
    expect([...inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))]).toEqual([0, 0, 1]);
  });
});

describe('seriesSvg', () => {
  it('breaks the line where a value is missing, and says steps, channels and range', () => {
    const svg = seriesSvg({ kind: 'series', values: [[1, NaN, 3]], channels: ['1'], steps: 3, more: 4 });
    expect(svg).toContain('d="M2.0 68.0M198.0 4.0"');
    expect(svg).toContain('3 steps, 1 of 5 channels, 1 to 3');
  });
});

describe('examplesHtml', () => {
  it.each(EVILS)('keeps %s inert wherever it stands', (evil) => {
    const cards = evilCards(evil);
    const groups: ExampleGroup[] = [0, 1].map((point) => ({
      title: evil,
      marks: [{ part: evil, trace: 0, point }],
      cards,
      cardMarks: cards.map(() => [{ part: evil, trace: 1, point }]),
    }));
    const view: View = {
      answer: evil,
      figure: figure({ title: evil, data: [], layout: {} }),
      examples: groups,
    };
    const { window } = new JSDOM(viewHtml(view), { runScripts: 'dangerously' });
    const { document } = window;
    expect(document.querySelectorAll('img[onerror],svg[onload],[onmouseover]')).toHaveLength(0);
    for (const script of document.querySelectorAll('script'))
      expect(script.textContent).toMatch(/^\(function\(\)/);
    expect(document.querySelectorAll('option')).toHaveLength(2);
    expect(document.querySelector('option')!.textContent).toBe(evil);
    expect(document.querySelector('.hunch-text p')!.textContent).toBe(evil);
    window.close();
  });

  it('shows the first group, the others without scripts as lines that open', () => {
    const html = viewHtml(viewOf(digitsTaken()) as View);
    const { document } = new JSDOM(html).window;
    const groups = [...document.querySelectorAll<HTMLDetailsElement>('details.hunch-group')];
    expect(groups).toHaveLength(20); // ten mistakes, ten right
    expect(groups.map((group) => group.open)).toEqual(groups.map((_, i) => i === 0));
    expect(groups[0].querySelectorAll('img')).toHaveLength(6);
    expect(document.querySelector('details.hunch-more > summary')!.textContent).toBe(
      '19 more groups of examples',
    );
    const img = groups[0].querySelector('img')!;
    expect([img.width, img.height]).toEqual([96, 96]);
    expect(img.getAttribute('style')).toBe('image-rendering:pixelated');
    expect(html).not.toMatch(/(src|href)="(?!data:)/);
  });

  it('makes one list of the groups where scripts run, and another choice shows another group', () => {
    const { window } = new JSDOM(viewHtml(viewOf(digitsTaken()) as View), { runScripts: 'dangerously' });
    const { document } = window;
    const list = document.querySelector('select')!;
    const shown = (): string[] =>
      [...document.querySelectorAll<HTMLElement>('.hunch-group')]
        .filter((group) => !group.hidden)
        .map((group) => group.querySelector('summary')!.textContent ?? '');
    expect(list.options).toHaveLength(20);
    expect(shown()).toEqual([list.options[0].textContent]);
    list.value = '3';
    list.dispatchEvent(new window.Event('change'));
    expect(shown()).toEqual([list.options[3].textContent]);
    expect(document.querySelector('.hunch-more')).toBeNull();
    window.close();
  });

  it('keeps within its room, and says what is left out', () => {
    const text = 'word '.repeat(80);
    const card: ExampleCard = { ...evilCards('x')[1], body: { kind: 'text', text } };
    const groups = Array.from({ length: 50 }, (_, i) => ({
      title: `g ${i}`,
      cards: Array<ExampleCard>(30).fill(card),
    }));
    const html = examplesHtml(groups);
    expect(html.length).toBeLessThan(330_000);
    expect(html).toContain('30 more are left out to keep the page small.');
  });

  it('is nothing without groups, and nothing of it is in the plain words', () => {
    expect(examplesHtml([])).toBe('');
    const found = digitsTaken();
    expect(viewText(viewOf(found) as View)).toBe(viewText(viewOf({ ...found, cells: [] }) as View));
  });
});
