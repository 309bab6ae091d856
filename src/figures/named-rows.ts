import { strangeTick } from './strange';
import { plotlyText, shortText } from './template';

/** Pixels of a row, and letters of a name that are shown. */
const ROW = 30;
const NAME_LETTERS = 22;

/** Returns the layout of bars that lie below each other, one a row, with their names on the left, the strange ones marked. */
export function namedRows(rows: readonly { readonly name: string; readonly strange: boolean }[]): {
  readonly yaxis: Record<string, unknown>;
  readonly height: number;
  readonly leftMargin: number;
} {
  const longest = Math.max(...rows.map(({ name }) => Math.min(NAME_LETTERS, [...name].length)));
  return {
    yaxis: {
      tickmode: 'array',
      tickvals: rows.map((_, i) => i),
      ticktext: rows.map(({ name, strange }) => {
        const short = shortText(name, NAME_LETTERS);
        return strange ? strangeTick(short) : plotlyText(short);
      }),
      range: [rows.length - 0.4, -0.6],
      showgrid: false,
    },
    height: 70 + ROW * rows.length,
    leftMargin: 46 + 8 * longest,
  };
}
