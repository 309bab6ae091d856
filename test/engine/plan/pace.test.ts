import { random } from '../../../src/core/random';
import { keepPace } from '../../../src/engine/plan/pace';

/** Runs `steps` steps whose time is told by `timeOf(threads, step)`; returns the threads of each. */
function run(steps: number, timeOf: (threads: number, step: number) => number): number[] {
  const pace = keepPace(2);
  return Array.from({ length: steps }, (_, step) => {
    const threads = pace.threads();
    pace.took(timeOf(threads, step));
    return threads;
  });
}
const shareOfTwo = (threads: readonly number[]): number =>
  threads.filter((t) => t === 2).length / threads.length;

describe('the pace of a team', () => {
  it('keeps the team where it is faster, but for short trials', () => {
    expect(shareOfTwo(run(5000, (threads) => (threads === 2 ? 6 : 10)))).toBeGreaterThan(0.97);
  });

  it('leaves the team where one thread is faster', () => {
    expect(shareOfTwo(run(5000, (threads) => (threads === 2 ? 11 : 10)))).toBeLessThan(0.03);
  });

  it('turns to one thread within a few steps of a neighbour that comes, and back after it has gone', () => {
    const threads = run(3000, (t, step) => (t === 1 ? 10 : step >= 1000 && step < 2000 ? 40 : 6));
    expect(shareOfTwo(threads.slice(1010, 2000))).toBeLessThan(0.12);
    expect(shareOfTwo(threads.slice(2000 + 600, 3000))).toBeGreaterThan(0.97);
  });

  it.each([
    [6, 0.85, 1],
    [13, 0, 0.2],
  ])(
    'finds the better way on a machine that grows slower and faster: %i on the team, 10 alone',
    (team, least, most) => {
      const stream = random(7);
      let slowness = 1;
      let burst = 0;
      const threads = run(20_000, (t) => {
        if (stream.next() < 0.003) slowness = 3 - slowness;
        if (stream.next() < 0.01) burst = 5;
        const much = burst-- > 0 ? 3 : 1;
        return (t === 2 ? team : 10) * slowness * much * Math.exp(0.2 * stream.normal());
      });
      expect(shareOfTwo(threads)).toBeGreaterThanOrEqual(least);
      expect(shareOfTwo(threads)).toBeLessThanOrEqual(most);
    },
  );

  it('is not turned by single slow steps', () => {
    const threads = run(2000, (t, step) => (step % 50 === 3 ? 100 : t === 2 ? 6 : 10));
    expect(shareOfTwo(threads)).toBeGreaterThan(0.95);
  });
});
