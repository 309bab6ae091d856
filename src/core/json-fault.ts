/** Where a text stops being JSON, line and column from 1, and whether that is only its end. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly atEnd: boolean;
}

/** True when a piece from the start of a text may still go on to be JSON. */
function mayGoOn(piece: string): boolean {
  try {
    JSON.parse(piece);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message);
    return /end of JSON input|Unterminated/.test(message) || Number(position?.[1]) >= piece.length;
  }
}

/**
 * Returns where a text stops being JSON, or undefined when it is JSON. Engines word their messages differently and often
 * leave the position out, so it is found by halving: the longest start that may still go on.
 *
 * @param text any text
 */
export function jsonFault(text: string): JsonFault | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    let good = 0;
    let bad = text.length + 1;
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      if (mayGoOn(text.slice(0, middle))) good = middle;
      else bad = middle;
    }
    const before = text.slice(0, good).split('\n');
    return { line: before.length, column: before[before.length - 1].length + 1, atEnd: good === text.length };
  }
}
