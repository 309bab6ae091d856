import { COUNTS, NUMBERS } from '../train/example-places';
import type { StepJudge } from '../training-session';
import type { Workplace } from './workplace';

/** What is judged: labels by place, and where the outputs and losses of a step stand. */
export interface Judged {
  readonly labels: Int32Array;
  readonly batch: number;
  readonly outputs: { readonly place: number; readonly floats: number };
  readonly losses: number;
}

/** The words of the kernel that change from step to step. */
const [COUNT, EPOCH, NOTES_ERRORS] = [8, 10, 11];
/** n, mean, squares about it, how many were right. */
const RUNNING = 4;

/** Returns a judge of examples by their places, in the plan's memory: 108 bytes an example. */
export function stepJudge(
  { memory, take, call }: Pick<Workplace, 'memory' | 'take' | 'call'>,
  { labels, batch, outputs, losses }: Judged,
): StepJudge {
  const n = labels.length;
  const numbersAt = take(n * NUMBERS * 8);
  const countsAt = take(n * COUNTS * 4);
  const runningAt = take(RUNNING * 8);
  const labelsAt = take(n * 4);
  const placesAt = take(batch * 4);
  const { place, floats: units } = outputs;
  const addresses = [placesAt, labelsAt, place, 4 * units, losses, numbersAt, countsAt, runningAt];
  const words = Uint32Array.from([...addresses, 0, units, 0, 0]);
  const wordsAt = take(words.byteLength);
  const store = (): ReturnType<StepJudge['store']> => ({
    numbers: new Float64Array(memory.buffer, numbersAt, n * NUMBERS),
    counts: new Int32Array(memory.buffer, countsAt, n * COUNTS),
  });
  // The memory is shared and never moves: views of it stay good when it grows.
  const running = new Float64Array(memory.buffer, runningAt, RUNNING);
  const ownPlaces = new Int32Array(memory.buffer, placesAt, batch);
  const ownWords = new Uint32Array(memory.buffer, wordsAt, words.length);
  ownWords.set(words);
  // The memory may come from an earlier plan.
  const { numbers, counts } = store();
  numbers.fill(0);
  counts.fill(0);
  running.fill(0);
  new Int32Array(memory.buffer, labelsAt, n).set(labels);
  return {
    step(places, epoch, early) {
      ownPlaces.set(places);
      ownWords[COUNT] = places.length;
      ownWords[EPOCH] = epoch;
      ownWords[NOTES_ERRORS] = Number(early);
      call('judge', wordsAt);
    },
    takeRunning() {
      const [judged, mean, squares, right] = running;
      running.fill(0);
      return { n: judged, mean, squares, right };
    },
    store,
  };
}
