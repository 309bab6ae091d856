import type { DOMWindow } from 'jsdom';
import { transformBox, type Box } from './svg-transform';

/** Width in pixels of a line of text in a CSS font. */
export type MeasureText = (font: string, text: string) => number;

const SHIFTS: Readonly<Record<string, number>> = { middle: 0.5, end: 1 };

function styleOf(element: Element, name: string): string {
  for (let node: Element | null = element; node; node = node.parentElement) {
    const inline = (node as SVGElement).style?.getPropertyValue(name);
    const value = inline === '' || inline == null ? node.getAttribute(name) : inline;
    if (value) return value;
  }
  return '';
}

function fontSize(element: Element): number {
  return Number.parseFloat(styleOf(element, 'font-size')) || 12;
}

function lineWidth(line: Element, measure: MeasureText): number {
  let width = 0;
  for (const node of line.childNodes) {
    if (node.nodeType === 3) {
      const weight = /bold|[6-9]00/.test(styleOf(line, 'font-weight')) ? 'bold ' : '';
      width += measure(`${weight}${fontSize(line)}px "DejaVu Sans"`, node.textContent ?? '');
    } else if (node.nodeType === 1) {
      width += lineWidth(node as Element, measure);
    }
  }
  return width;
}

function textBox(element: Element, measure: MeasureText): Box {
  const lines = element.querySelectorAll('tspan.line');
  const rows = lines.length > 0 ? [...lines] : [element];
  const size = fontSize(element);
  const width = Math.max(...rows.map((row) => lineWidth(row, measure)));
  const x = Number(element.getAttribute('x') ?? 0);
  const y = Number(element.getAttribute('y') ?? 0);
  const shift = SHIFTS[styleOf(element, 'text-anchor')] ?? 0;
  const height = size * (1.2 + 1.3 * (rows.length - 1));
  return { x: x - shift * width, y: y - size, width, height };
}

function boxOf(element: Element, measure: MeasureText): Box {
  const name = element.tagName.toLowerCase();
  if (name === 'text' || name === 'tspan') return textBox(element, measure);
  const at = (key: string): number => Number(element.getAttribute(key) ?? 0) || 0;
  if (name === 'rect' || name === 'image' || name === 'svg')
    return { x: at('x'), y: at('y'), width: at('width'), height: at('height') };
  const boxes = [...element.children]
    .map((child) => transformBox(boxOf(child, measure), child.getAttribute('transform')))
    .filter((box) => box.width > 0 || box.height > 0);
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

function boxOnPage(element: Element, measure: MeasureText): Box {
  let box = boxOf(element, measure);
  for (let node: Element | null = element; node; node = node.parentElement) {
    box = transformBox(box, node.getAttribute('transform'));
  }
  return box;
}

/** Gives jsdom's SVG elements the sizes that Plotly asks for and jsdom, having no layout, does not know. */
export function installSvgMeasures(window: DOMWindow, measure: MeasureText): void {
  const define = (on: object, name: string, value: unknown): void => {
    Object.defineProperty(on, name, { value, configurable: true, writable: true });
  };
  const rectangle = (box: Box): object => ({
    ...box,
    left: box.x,
    top: box.y,
    right: box.x + box.width,
    bottom: box.y + box.height,
  });
  const svg = window.SVGElement.prototype;
  define(svg, 'getBBox', function (this: Element) {
    return rectangle(boxOf(this, measure));
  });
  define(svg, 'getBoundingClientRect', function (this: Element) {
    return rectangle(boxOnPage(this, measure));
  });
  define(svg, 'getComputedTextLength', function (this: Element) {
    return lineWidth(this, measure);
  });
  define(svg, 'getTotalLength', () => 100);
  define(svg, 'getPointAtLength', () => ({ x: 0, y: 0 }));
}
