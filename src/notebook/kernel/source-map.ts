/** One mapped place: generated column, source line, source column; all from 0. */
type Segment = readonly [column: number, line: number, sourceColumn: number];

/** Where each generated line came from. */
export type LineMap = readonly (readonly Segment[])[];

/** A place in a text; line and column count from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const DIGITS = new Map(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((c, i) => [c, i]),
);

/** The signed numbers of one base-64 VLQ group. */
function decodeGroup(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of text) {
    const digit = DIGITS.get(character) ?? 0;
    value |= (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) === 0) {
      numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
      value = 0;
      shift = 0;
    }
  }
  return numbers;
}

/**
 * Returns the places of a source map's `mappings` (of its first source).
 *
 * @see Source Map revision 3 proposal, Lenz and Fitzgerald, 2011
 */
export function decodeMappings(mappings: string): LineMap {
  let line = 0;
  let sourceColumn = 0;
  return mappings.split(';').map((row) => {
    let column = 0;
    const segments: Segment[] = [];
    for (const group of row === '' ? [] : row.split(',')) {
      const [columnStep, , lineStep = 0, sourceColumnStep = 0] = decodeGroup(group);
      column += columnStep;
      line += lineStep;
      sourceColumn += sourceColumnStep;
      segments.push([column, line, sourceColumn]);
    }
    return segments;
  });
}

/** Returns where a generated place came from: the last mapped one at or before it on its line, else the line's first. */
export function originalPlace(map: LineMap, place: Place): Place | undefined {
  const row = map[place.line] ?? [];
  let found = row[0];
  for (const segment of row) {
    if (segment[0] > place.column) break;
    found = segment;
  }
  return found && { line: found[1], column: found[2] };
}

const COMMENT = /\n?\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;

/** Takes an inline source map off the end of a script; `maps` lists what was there. */
export function splitInlineMap(script: string): {
  readonly script: string;
  readonly map: LineMap | undefined;
} {
  const match = COMMENT.exec(script);
  if (!match) return { script, map: undefined };
  const { mappings } = JSON.parse(Buffer.from(match[1], 'base64').toString()) as { mappings: string };
  return { script: script.slice(0, match.index), map: decodeMappings(mappings) };
}
