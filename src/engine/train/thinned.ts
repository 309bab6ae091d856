/** A series of bounded length: when it is full, neighbours are averaged and each point stands for twice as many values. */
export interface Thinned {
  push(value: number): void;
  readonly stride: number;
  points(): number[];
}

/** Returns an empty series of at most `limit` points (even). */
export function thinned(limit = 2000): Thinned {
  let points: number[] = [];
  let stride = 1;
  let sum = 0;
  let count = 0;
  return {
    push(value) {
      sum += value;
      if (++count < stride) return;
      points.push(sum / count);
      [sum, count] = [0, 0];
      if (points.length < limit) return;
      points = Array.from({ length: limit / 2 }, (_, i) => (points[2 * i] + points[2 * i + 1]) / 2);
      stride *= 2;
    },
    get stride() {
      return stride;
    },
    points: () => (count > 0 ? [...points, sum / count] : [...points]),
  };
}
