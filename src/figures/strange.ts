import type { FindingData } from '../suspect/types';
import { COLOURS, plotlyText, shortText } from './template';

/** Letters of a message in a title. */
const TITLE_LETTERS = 180;

type Part = Readonly<Record<string, unknown>>;

/** Shades and words that are laid over a figure. */
export interface Marks {
  readonly shapes: readonly Part[];
  readonly annotations: readonly Part[];
}

/** Returns the message of a finding as the title of its figure. */
export const titleOf = ({ message }: Pick<FindingData, 'message'>): string =>
  shortText(message.replace(/\.$/, ''), TITLE_LETTERS);

/** Returns a number of the evidence that is known; undefined otherwise. */
export function evidenceOf({ evidence }: Pick<FindingData, 'evidence'>, name: string): number | undefined {
  const value = evidence[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Returns the name of what is strange as a tick of an axis: bold, in vermilion, behind an arrow. */
export const strangeTick = (name: string): string =>
  `<span style="color:${COLOURS.strange}"><b>▶ ${plotlyText(name)}</b></span>`;

/**
 * Returns the shade over a stretch of the x axis and the word above it.
 *
 * @param from where it begins, and where it ends; widened to a hundredth of the axis
 * @param range what the x axis shows
 */
export function shadeMarks(
  [from, to]: readonly [number, number],
  range: readonly [number, number],
  word: string,
): Marks {
  const span = range[1] - range[0];
  const [middle, half] = [(from + to) / 2, Math.max((to - from) / 2, span / 200)];
  const inside = (x: number): number => Math.min(range[1], Math.max(range[0], x));
  const along = (middle - range[0]) / span;
  return {
    shapes: [
      {
        ...{ type: 'rect', layer: 'below', xref: 'x', yref: 'paper', y0: 0, y1: 1 },
        ...{ x0: inside(middle - half), x1: inside(middle + half) },
        fillcolor: `${COLOURS.strange}2E`,
        line: { width: 0 },
      },
    ],
    annotations: [
      {
        ...{ xref: 'x', yref: 'paper', x: inside(middle), y: 1, yanchor: 'bottom', yshift: 2 },
        xanchor: along > 0.85 ? 'right' : along < 0.15 ? 'left' : 'center',
        ...{ showarrow: false, text: `▼ ${plotlyText(word)}`, font: { color: COLOURS.strange } },
      },
    ],
  };
}

/** Returns a layout with marks over what it has. */
export function withMarks(layout: Readonly<Record<string, unknown>>, marks: Marks): Record<string, unknown> {
  return {
    ...layout,
    shapes: [...(layout.shapes as readonly Part[]), ...marks.shapes],
    annotations: [...(layout.annotations as readonly Part[]), ...marks.annotations],
  };
}
