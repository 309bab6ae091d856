/** Numbers that JSON cannot write, by the word that stands for them in a file. */
const NUMBERS: Readonly<Record<string, number>> = {
  NaN: NaN,
  Infinity: Infinity,
  '-Infinity': -Infinity,
  '-0': -0,
};

/**
 * Returns a number as a JSON file can hold it: itself, or one of the words "NaN", "Infinity", "-Infinity" and "-0".
 *
 * @example
 * toWord(NaN) // => 'NaN'
 * toWord(0.5) // => 0.5
 */
export function toWord(value: number): number | string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

/**
 * Returns the number that stands in a file, or undefined where none does. Null is NaN, since that is what `JSON.stringify`
 * makes of it.
 *
 * @example
 * fromWord('-Infinity') // => -Infinity
 * fromWord('12') // => undefined
 */
export function fromWord(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value === null) return NaN;
  return typeof value === 'string' && Object.hasOwn(NUMBERS, value) ? NUMBERS[value] : undefined;
}
