import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type * as NapiCanvas from '@napi-rs/canvas';
import type * as ResvgJs from '@resvg/resvg-js';
import type * as Jsdom from 'jsdom';
import type { Figure } from '../../figures/figure';
import { plotlyFile } from './plotly-file';
import { installSvgMeasures } from './svg-measures';

interface PlotlyLibrary {
  newPlot(node: unknown, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  toImage(node: unknown, options: object): Promise<string>;
  purge(node: unknown): void;
}

/** Draws figures, one after the other. */
export type Drawing = (figure: Pick<Figure, 'data' | 'layout'>) => Promise<Uint8Array>;

/**
 * Returns a function that draws Plotly figures as PNG without a browser, at twice their size, with fonts of its own.
 * Loads jsdom and Plotly (about a second and 200 MB), so it belongs in a worker.
 */
export function makeDrawing(): Drawing {
  const { JSDOM, VirtualConsole } = require('jsdom') as typeof Jsdom;
  const canvas = require('@napi-rs/canvas') as typeof NapiCanvas;
  const { Resvg } = require('@resvg/resvg-js') as typeof ResvgJs;
  const folder = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => join(folder, file));
  for (const file of fontFiles) canvas.GlobalFonts.registerFromPath(file, 'DejaVu Sans');

  const { window } = new JSDOM('<!doctype html><body></body>', {
    runScripts: 'outside-only',
    virtualConsole: new VirtualConsole(),
    pretendToBeVisual: true,
  });
  const pen = canvas.createCanvas(1, 1).getContext('2d');
  installSvgMeasures(window, (font, text) => {
    pen.font = font;
    return pen.measureText(text).width;
  });
  window.URL.createObjectURL = () => '';
  const surfaces = new WeakMap<object, NapiCanvas.Canvas>();
  const surfaceOf = (element: HTMLCanvasElement): NapiCanvas.Canvas => {
    const known = surfaces.get(element);
    if (known && known.width === element.width && known.height === element.height) return known;
    const made = canvas.createCanvas(element.width, element.height);
    surfaces.set(element, made);
    return made;
  };
  const prototype = window.HTMLCanvasElement.prototype as unknown as Record<string, unknown>;
  prototype.getContext = function (this: HTMLCanvasElement, type: string) {
    return type === '2d' ? surfaceOf(this).getContext('2d') : null;
  };
  prototype.toDataURL = function (this: HTMLCanvasElement) {
    return surfaceOf(this).toDataURL('image/png');
  };
  window.eval(readFileSync(plotlyFile(), 'utf8'));
  const plotly = (window as unknown as { Plotly: PlotlyLibrary }).Plotly;

  return async ({ data, layout }) => {
    const node = window.document.createElement('div');
    window.document.body.appendChild(node);
    try {
      const copy = JSON.parse(JSON.stringify({ data, layout })) as {
        data: unknown;
        layout: Record<string, unknown>;
      };
      const { width = 720, height = 420 } = copy.layout as { width?: number; height?: number };
      await plotly.newPlot(node, copy.data, copy.layout, { staticPlot: true });
      const svg = await plotly.toImage(node, { format: 'svg', imageDataOnly: true, width, height });
      const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: 'DejaVu Sans' };
      return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: 2 } }).render().asPng();
    } finally {
      plotly.purge(node);
      node.remove();
    }
  };
}
