import { gunzipSync } from 'node:zlib';
import { existsSync, readFileSync } from 'node:fs';
import * as figures from '../../../src/figures';
import { labExtensionFiles } from '../../../src/notebook/display/lab-extension';
import { plotlyFile } from '../../../src/notebook/display/plotly-file';
import { plotlyScript } from '../../../src/notebook/display/plotly-script';
import { transformBox } from '../../../src/notebook/display/svg-transform';

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
