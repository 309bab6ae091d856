/** Colours that stay apart for colour-blind readers (Okabe and Ito 2008); each has a dash, marker or word beside it. */
export const COLOURS = {
  train: '#0072B2',
  validation: '#E69F00',
  baseline: '#8A8A8A',
  human: '#009E73',
  strange: '#D55E00',
  text: '#7A7A7A',
  grid: 'rgba(128,128,128,0.25)',
} as const;

/** The same text for a place where Plotly reads a small subset of HTML: tags are shown instead of obeyed. */
export function plotlyText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** A number with three significant digits, as every table and title has it. */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '—' : value > 0 ? '∞' : '−∞';
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value).replace('-', '−');
  const size = Math.abs(value);
  const shown = size >= 1e6 || size < 1e-4 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
  return shown.replace('-', '−');
}

/** A share as a percentage: one decimal below ten, none above. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '—';
  const value = share * 100;
  return `${Math.abs(value) < 9.95 && value !== 0 ? value.toFixed(1) : value.toFixed(0)} %`;
}

/** The text cut to at most `most` characters, with an ellipsis where something is left out. */
export function shortText(text: string, most: number): string {
  const signs = [...text];
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text;
}

/** Breaks a sentence at spaces so that no line is longer than `width` characters. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const WIDTH = 720;

/** What a figure says around its traces. */
export interface LayoutParts {
  readonly title: string;
  readonly subtitle: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xaxis?: Readonly<Record<string, unknown>>;
  readonly yaxis?: Readonly<Record<string, unknown>>;
  /** Axes of further panels, by their names: `yaxis2`. */
  readonly axes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly height?: number;
  readonly rightMargin?: number;
  readonly leftMargin?: number;
  readonly bottomMargin?: number;
  /** Pixels kept free between subtitle and plot. */
  readonly headRoom?: number;
  readonly shapes?: readonly Readonly<Record<string, unknown>>[];
  readonly annotations?: readonly Readonly<Record<string, unknown>>[];
}

/** Returns an axis as all figures have it. */
export const axisOf = (
  title: string,
  own: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  gridcolor: COLOURS.grid,
  zeroline: false,
  linecolor: COLOURS.text,
  ticks: 'outside',
  tickcolor: COLOURS.grid,
  tickangle: 0,
  ticklabeloverflow: 'allow',
  title: { text: plotlyText(title), standoff: 8 },
  ...own,
});

/** Returns the Plotly layout that all figures share: transparent paper, mid-grey words, the sentence on top. */
export function layoutOf(parts: LayoutParts): Record<string, unknown> {
  const title = wrapText(parts.title, 70).map(plotlyText);
  const subtitle = wrapText(parts.subtitle, 95).map(plotlyText);
  const top = 42 + 20 * title.length + 15 * subtitle.length + (parts.headRoom ?? 0);
  const height = (parts.height ?? 340) + top;
  return {
    title: {
      text: `<b>${title.join('<br>')}</b><br><span style="font-size:12px">${subtitle.join('<br>')}</span>`,
      x: 12 / WIDTH,
      xref: 'container',
      xanchor: 'left',
      y: 1 - 24 / height,
      yref: 'container',
      yanchor: 'top',
      font: { size: 15 },
    },
    font: { family: 'DejaVu Sans, Verdana, sans-serif', size: 12, color: COLOURS.text },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    showlegend: false,
    width: WIDTH,
    height,
    margin: { l: parts.leftMargin ?? 72, r: parts.rightMargin ?? 40, t: top, b: parts.bottomMargin ?? 56 },
    xaxis: axisOf(parts.xTitle, parts.xaxis),
    yaxis: axisOf(parts.yTitle, parts.yaxis),
    ...parts.axes,
    shapes: parts.shapes ?? [],
    annotations: parts.annotations ?? [],
  };
}
