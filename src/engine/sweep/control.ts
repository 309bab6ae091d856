/** What the jobs of a sweep and the thread that started them tell each other while they run. */
export interface SweepControl {
  /** Tells all jobs to end after the step that runs. */
  abort(): void;
  aborted(): boolean;
  /** Notes an epoch that is done. */
  epochDone(): void;
  /** Epochs done by all jobs together. */
  epochs(): number;
}

const ABORTED = 0;
const EPOCHS = 1;
const WORDS = 2;

/** Returns the words of a control, to be sent to workers. */
export const controlWords = (): Int32Array => new Int32Array(new SharedArrayBuffer(WORDS * 4));

/** Returns the control that works by these words; on every thread the same. */
export const controlBy = (words: Int32Array): SweepControl => ({
  abort: () => void Atomics.store(words, ABORTED, 1),
  aborted: () => Atomics.load(words, ABORTED) === 1,
  epochDone: () => void Atomics.add(words, EPOCHS, 1),
  epochs: () => Atomics.load(words, EPOCHS),
});
