import { gunzipSync } from 'node:zlib';
import { existsSync, readFileSync } from 'node:fs';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import * as figures from '../../../src/figures';
import { makeDrawing } from '../../../src/notebook/display/draw-figure';
import { labExtensionFiles } from '../../../src/notebook/display/lab-extension';
import { plotlyFile } from '../../../src/notebook/display/plotly-file';
import { plotlyScript } from '../../../src/notebook/display/plotly-script';
import { transformBox } from '../../../src/notebook/display/svg-transform';
import { confusionOf } from '../../figures/results';

describe('makeDrawing', () => {
  it('draws a PNG of twice the size of the layout, with the colours of the figure', async () => {
    const figure = figures.confusion(confusionOf());
    const png = Buffer.from(await makeDrawing()(figure));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const { width, height } = figure.layout as { width: number; height: number };
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * width, 2 * height]);
    const image = await loadImage(png);
    const pen = createCanvas(image.width, image.height).getContext('2d');
    pen.drawImage(image, 0, 0);
    const pixels = pen.getImageData(0, 0, image.width, image.height).data;
    let blue = 0;
    // The cell of five dogs taken for dogs has a share of 1: #6FB4DF, a quarter of the plot.
    for (let i = 0; i < pixels.length; i += 4)
      if (pixels[i] === 0x6f && pixels[i + 1] === 0xb4 && pixels[i + 2] === 0xdf) blue++;
    const { l, r, t, b } = (figure.layout as { margin: Record<string, number> }).margin;
    const plot = 4 * (width - l - r) * (height - t - b);
    expect(blue / plot).toBeGreaterThan(0.2);
    expect(blue / plot).toBeLessThan(0.3);
  }, 30_000);
});

describe('transformBox', () => {
  const box = { x: 0, y: 0, width: 10, height: 4 };
  it('moves, turns and scales, the last step first', () => {
    expect(transformBox(box, null)).toEqual(box);
    expect(transformBox(box, 'translate(5, 6)')).toEqual({ x: 5, y: 6, width: 10, height: 4 });
    expect(transformBox(box, 'scale(2)')).toEqual({ x: 0, y: 0, width: 20, height: 8 });
    // A quarter turn left about the origin: (10, 4) goes to (4, −10); then 1 to the right.
    const turned = transformBox(box, 'translate(1,0)rotate(-90)');
    expect([turned.x, turned.y, turned.width, turned.height].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([
      1, -10, 4, 10,
    ]);
  });
});

describe('plotlyScript', () => {
  it('holds the whole library, packed', () => {
    const packed = /atob\("([^"]+)"\)/.exec(plotlyScript())?.[1] ?? '';
    expect(gunzipSync(Buffer.from(packed, 'base64')).equals(readFileSync(plotlyFile()))).toBe(true);
    expect(plotlyScript().length).toBeLessThan(800_000);
    expect(plotlyScript()).not.toMatch(/src=/);
  });
});

describe('labExtensionFiles', () => {
  it('are all there, the library beside the entry that loads it', () => {
    const files = labExtensionFiles();
    expect(files.map((file) => file.path.replaceAll('\\', '/'))).toEqual([
      'package.json',
      'static/remoteEntry.js',
      'static/plotly.min.js',
    ]);
    for (const { source } of files) expect(existsSync(source)).toBe(true);
  });
});

describe('learningCurve as JSON', () => {
  it('breaks long titles into lines', () => {
    const title = `${'word '.repeat(30)}end`;
    const figure = figures.experiment({
      kind: 'confirmation', experiment: 'e', finding: null, arms: [], causes: [], before: [],
      verdict: 'cannot-tell', cause: null, message: title, fix: '', seed: 1, seconds: 0,
    }); // prettier-ignore
    const shown = (figure.layout.title as { text: string }).text;
    expect(shown.split('<br>').length).toBe(4); // 153 characters in lines of at most 70, and the subtitle
  });
});
