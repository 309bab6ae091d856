/** One report of a long piece of work. Plain data; `detail` is the work's own record (for `fit`: the growing run log). */
export interface ProgressEvent {
  /** Unique within the process: every report of one piece of work carries the same number. */
  readonly task: number;
  /** What is being done, for a person: "training", "overfitting one batch". */
  readonly label: string;
  readonly phase: 'start' | 'update' | 'end';
  /** Units done and in all; `total` is undefined when unknown. */
  readonly done: number;
  readonly total?: number;
  readonly unit: string;
  /** How far the unit is that is being done; absent between units, and where it is not known. */
  readonly part?: ProgressPart;
  /** Seconds since the start, and an estimate of those left by the pace so far. */
  readonly seconds: number;
  readonly secondsLeft?: number;
  /** Latest numbers worth showing, by name. */
  readonly values?: Readonly<Record<string, number>>;
  readonly detail?: unknown;
}

/** How much of one unit is done, in smaller ones: steps of an epoch. */
export interface ProgressPart {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
}

/** Receives progress. Whatever it throws is swallowed: showing never fails the work. */
export type ProgressListener = (event: ProgressEvent) => void;

const listeners = new Set<ProgressListener>();
let tasks = 0;

/** Adds a listener to all work in this process; returns the function that takes it away. */
export function onProgress(listener: ProgressListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A reporter for one piece of work. */
export interface ProgressReporter {
  /** Reports the unit that is being done, after `done` whole ones. */
  within(done: number, part: ProgressPart, values?: Readonly<Record<string, number>>): void;
  update(done: number, values?: Readonly<Record<string, number>>, detail?: unknown): void;
  end(done: number, values?: Readonly<Record<string, number>>, detail?: unknown): void;
}

/** A piece of work. */
export interface Work {
  readonly label: string;
  readonly total?: number;
  readonly unit: string;
  readonly detail?: unknown;
  /** A part of longer work that shows itself: reports go to its own listener alone. */
  readonly quiet?: boolean;
}

/** Starts reporting a piece of work to all listeners and to `own`, if given. */
export function startProgress({ quiet = false, ...work }: Work, own?: ProgressListener): ProgressReporter {
  const task = ++tasks;
  const begun = performance.now();
  const send = (
    phase: ProgressEvent['phase'],
    done: number,
    values?: Readonly<Record<string, number>>,
    detail?: unknown,
    part?: ProgressPart,
  ): void => {
    const seconds = (performance.now() - begun) / 1000;
    const far = done + (part && part.total > 0 ? part.done / part.total : 0);
    const secondsLeft =
      work.total !== undefined && far > 0 ? (seconds / far) * (work.total - far) : undefined;
    const rest = { seconds, secondsLeft, values, detail: detail ?? work.detail };
    const event: ProgressEvent = { task, ...work, phase, done, ...(part && { part }), ...rest };
    const tell = (listener: ProgressListener): void => {
      try {
        listener(event);
      } catch {
        // A listener only shows; the work goes on without it.
      }
    };
    if (!quiet) listeners.forEach(tell);
    if (own) tell(own);
  };
  send('start', 0);
  return {
    within: (done, part, values) => send('update', done, values, undefined, part),
    update: (done, values, detail) => send('update', done, values, detail),
    end: (done, values, detail) => send('end', done, values, detail),
  };
}
