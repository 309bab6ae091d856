/**
 * A series of bounded length: when it is full, neighbours are joined and each point stands for twice as many values, by
 * their mean, the lowest and the highest of them.
 */
export interface Thinned {
  push(value: number): void;
  readonly stride: number;
  points(): number[];
  /** Lowest and highest value behind each point; NaN where one of them is NaN. */
  extremes(): { readonly min: number[]; readonly max: number[] };
}

/** Returns an empty series of at most `limit` points (even). */
export function thinned(limit = 2000): Thinned {
  let points: number[] = [];
  let min: number[] = [];
  let max: number[] = [];
  let stride = 1;
  let sum = 0;
  let low = Infinity;
  let high = -Infinity;
  let count = 0;
  const halved = (values: readonly number[], join: (a: number, b: number) => number): number[] =>
    Array.from({ length: limit / 2 }, (_, i) => join(values[2 * i], values[2 * i + 1]));
  return {
    push(value) {
      sum += value;
      low = Math.min(low, value);
      high = Math.max(high, value);
      if (++count < stride) return;
      points.push(sum / count);
      min.push(low);
      max.push(high);
      [sum, low, high, count] = [0, Infinity, -Infinity, 0];
      if (points.length < limit) return;
      points = halved(points, (a, b) => (a + b) / 2);
      min = halved(min, Math.min);
      max = halved(max, Math.max);
      stride *= 2;
    },
    get stride() {
      return stride;
    },
    points: () => (count > 0 ? [...points, sum / count] : [...points]),
    extremes: () =>
      count > 0 ? { min: [...min, low], max: [...max, high] } : { min: [...min], max: [...max] },
  };
}
