/** Blue over purple to orange, each readable on white and on dark, and apart for colour-blind readers. */
const STOPS = [
  [76, 111, 209],
  [166, 91, 168],
  [224, 123, 57],
] as const;

/** The colour of a layer by its depth, from the first, 0, to the last, 1. */
export function depthColour(depth: number): string {
  const at = Math.min(1, Math.max(0, depth)) * (STOPS.length - 1);
  const i = Math.min(STOPS.length - 2, Math.floor(at));
  const mixed = STOPS[i].map((from, c) => Math.round(from + (at - i) * (STOPS[i + 1][c] - from)));
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
