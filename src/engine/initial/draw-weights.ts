import type { Random } from '../../core/random';
import { atDesk, FACTS_AT, floatWord, NUMBERS_AT } from './kernel-desk';

/** Numbers that are drawn at one go. */
const CHUNK = 32_768;

const words = (stream: Random, count: number): number[] =>
  Array.from({ length: count }, () => Math.floor(stream.next() * 2 ** 32));

/** Returns `length` numbers, uniform in [low, high). */
export function drawUniform(stream: Random, length: number, low: number, high: number): Float32Array {
  const key = words(stream, 5);
  const values = new Float32Array(length);
  atDesk(CHUNK * 4, ({ memory, run }) => {
    const drawn = new Float32Array(memory.buffer, NUMBERS_AT, CHUNK);
    new Float64Array(memory.buffer, FACTS_AT, 2).set([low, high]);
    for (let start = 0; start < length; start += CHUNK) {
      const count = Math.min(CHUNK, length - start);
      run('randomWords', [NUMBERS_AT, Math.ceil(count / 16), start / 4, ...key]);
      run('spreadWords', [NUMBERS_AT, count, FACTS_AT]);
      values.set(drawn.subarray(0, count), start);
    }
  });
  return values;
}

/** A normal distribution. */
export interface Normal {
  readonly mean: number;
  readonly sd: number;
  /** Numbers farther from the mean than so many standard deviations are drawn again; defaults to none. */
  readonly bound?: number;
}

/** Returns `length` normal numbers, drawn by the kernel that gives steps their noise. */
export function drawNormal(
  stream: Random,
  length: number,
  { mean, sd, bound = Infinity }: Normal,
): Float32Array {
  const [seed, step, own] = words(stream, 3);
  const values = new Float32Array(length);
  atDesk(CHUNK * 4, ({ memory, run }) => {
    const drawn = new Float32Array(memory.buffer, NUMBERS_AT, CHUNK);
    const facts = new Uint32Array(memory.buffer, FACTS_AT, 3);
    facts.set([seed, step]);
    const spread = [floatWord(bound), floatWord(mean), floatWord(sd)];
    let filled = 0;
    for (let group = 0; filled < length;) {
      const lacking = length - filled;
      // A few more than are lacking, as some will be too far.
      const groups = Math.min(CHUNK / 16, Math.ceil((lacking * 1.06) / 16) + 1);
      run('normals', [NUMBERS_AT, group, groups, FACTS_AT, FACTS_AT + 4, 0, own, 0, floatWord(1)]);
      run('takeWithin', [NUMBERS_AT, groups * 16, ...spread, NUMBERS_AT, lacking, FACTS_AT + 8]);
      values.set(drawn.subarray(0, facts[2]), filled);
      filled += facts[2];
      group += groups;
    }
  });
  return values;
}
