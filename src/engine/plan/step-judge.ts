import { COUNTS, NUMBERS } from '../train/example-places';
import type { StepJudge } from '../training-session';
import type { Workplace } from './inspection';

/** Where the examples of the last step stand. */
export interface JudgedStep {
  readonly outputs: { readonly place: number; readonly floats: number };
  readonly losses: number;
}

const WORDS = 12;
/** n, mean, squares about it, how many were right. */
const RUNNING = 4;

/** Returns a judge of examples by their places, in the plan's memory: 108 bytes an example. */
export function stepJudge(
  { memory, take, call }: Pick<Workplace, 'memory' | 'take' | 'call'>,
  { labels, batch, units }: { readonly labels: Int32Array; readonly batch: number; readonly units: number },
  last: () => JudgedStep,
): StepJudge {
  const n = labels.length;
  const numbersAt = take(n * NUMBERS * 8);
  const countsAt = take(n * COUNTS * 4);
  const runningAt = take(RUNNING * 8);
  const labelsAt = take(n * 4);
  const placesAt = take(batch * 4);
  const wordsAt = take(WORDS * 4);
  const store = (): ReturnType<StepJudge['store']> => ({
    numbers: new Float64Array(memory.buffer, numbersAt, n * NUMBERS),
    counts: new Int32Array(memory.buffer, countsAt, n * COUNTS),
  });
  const running = (): Float64Array => new Float64Array(memory.buffer, runningAt, RUNNING);
  // The memory may come from an earlier plan.
  const { numbers, counts } = store();
  numbers.fill(0);
  counts.fill(0);
  running().fill(0);
  new Int32Array(memory.buffer, labelsAt, n).set(labels);
  return {
    step(places, epoch, early) {
      const { outputs, losses } = last();
      new Int32Array(memory.buffer, placesAt, places.length).set(places);
      const addresses = [placesAt, labelsAt, outputs.place, 4 * outputs.floats, losses, numbersAt, countsAt];
      const words = [...addresses, runningAt, places.length, units, epoch, Number(early)];
      new Uint32Array(memory.buffer, wordsAt, WORDS).set(words);
      call('judge', wordsAt);
    },
    takeRunning() {
      const own = running();
      const [judged, mean, squares, right] = own;
      own.fill(0);
      return { n: judged, mean, squares, right };
    },
    store,
  };
}
