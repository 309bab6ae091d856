/** Decides step by step whether a team of threads pays. */
export interface Pace {
  /** Threads for the next step. */
  threads(): number;
  /** Tells how long the step took, in any unit. */
  took(time: number): void;
}

/** Steps whose median stands for the time of a way. */
const MEMORY = 5;
/** After so many steps one way, so many are made the other way, to see whether things have changed. */
const STRETCH = 256;
const TRIAL = 5;

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1];

/**
 * Returns a pace that takes the faster of one thread and `most`. The bits are the same either way, so it may change at any
 * step: another program that takes a core makes the team wait for each other, and then one thread is the better way.
 */
export function keepPace(most: number): Pace {
  const times: [one: number[], all: number[]] = [[], []];
  let way: 0 | 1 = 1;
  let left = TRIAL;
  let trying = true;
  const slower = (): boolean =>
    times[0].length >= TRIAL && times[1].length >= TRIAL && median(times[way]) > median(times[1 - way]);
  return {
    threads: () => (way === 1 ? most : 1),
    took(time) {
      const own = times[way];
      own.push(time);
      if (own.length > MEMORY) own.shift();
      left--;
      const known = times[0].length >= TRIAL && times[1].length >= TRIAL;
      if (left <= 0) {
        // The end of a trial: the better way goes on. The end of a stretch: the other way is tried.
        if (!trying || !known) {
          way = way === 1 ? 0 : 1;
          trying = true;
          left = TRIAL;
        } else {
          if (slower()) way = way === 1 ? 0 : 1;
          trying = false;
          left = STRETCH;
        }
      } else if (!trying && slower()) {
        way = way === 1 ? 0 : 1;
        left = STRETCH;
      }
    },
  };
}
