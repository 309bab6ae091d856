// A second implementation of the random numbers, number by number, to compare the kernels with.
type Four = [number, number, number, number];

/** Philox4x32-10 of one counter, as its authors write it down. */
export function philox(counter: readonly number[], key: readonly number[]): Four {
  let [a, b, c, d] = counter.map((word) => BigInt(word >>> 0));
  let [k, l] = key.map((word) => BigInt(word >>> 0));
  const low = (x: bigint): bigint => x & 0xffffffffn;
  for (let round = 0; round < 10; round++) {
    const first = a * 0xd2511f53n;
    const second = c * 0xcd9e8d57n;
    [a, b, c, d] = [(second >> 32n) ^ b ^ k, low(second), (first >> 32n) ^ d ^ l, low(first)];
    [k, l] = [low(k + 0x9e3779b9n), low(l + 0xbb67ae85n)];
  }
  return [Number(a), Number(b), Number(c), Number(d)];
}

/** Who draws: a layer's stream and seed in a step of a run. */
export interface Draw {
  readonly seed: number;
  readonly step: number;
  readonly stream: number;
  readonly own?: number;
}

const at = (counter: number, { seed, step, stream, own = 0 }: Draw): Four =>
  philox([counter, step, own, 0], [seed, stream]);

/** Whether number `i` of a batch is kept, when `drop` in 65536 are not. */
export function isKept(i: number, drop: number, draw: Draw): boolean {
  const half = i % 8;
  const word = at(Math.floor(i / 32) * 4 + (half >> 1), draw)[(i % 32) >> 3];
  return ((half & 1 ? word >>> 16 : word) & 0xffff) >= drop;
}

/** Number `i` of a batch of standard normal numbers. */
export function normal(i: number, draw: Draw): number {
  const place = (i % 16) >> 2;
  const words = at(Math.floor(i / 16) * 4 + (i % 4), draw);
  const [a, b] = place < 2 ? words : words.slice(2);
  const radius = Math.sqrt(-2 * Math.log(((a >>> 9) + 0.5) / 2 ** 23));
  const angle = (2 * Math.PI * (b >> 8)) / 2 ** 24;
  return radius * (place % 2 ? Math.sin(angle) : Math.cos(angle));
}
