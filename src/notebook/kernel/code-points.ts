/** Jupyter counts cursor positions in Unicode code points, TypeScript in UTF-16 units: returns the unit of a code point. */
export function toUtf16(text: string, codePoints: number): number {
  let units = 0;
  for (let seen = 0; seen < codePoints && units < text.length; seen++) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

/** Returns how many code points stand before a UTF-16 unit of a text. */
export function toCodePoints(text: string, units: number): number {
  return [...text.slice(0, units)].length;
}
