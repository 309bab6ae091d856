/** Decides step by step whether a team of threads pays. */
export interface Pace {
  /** Threads for the next step. */
  threads(): number;
  /** Tells how long the step took, in any unit. */
  took(time: number): void;
}

/** Steps whose median stands for the time of a way. */
const MEMORY = 7;
/** The first steps of a trial do not count: helping threads wake up, and caches change hands. */
const WARM_UP = 3;
const TRIAL = WARM_UP + MEMORY;
/** Steps between two trials: few at first, twice as many each time the trial changes nothing. */
const SHORTEST = 64;
const LONGEST = 1024;
/** How much slower than the other way the running one must get to be left without a trial. */
const MARGIN = 1.15;

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1];

/**
 * Returns a pace that takes the faster of one thread and `most`. The bits are the same either way, so it may change at any
 * step: another program that takes a core makes the team wait for each other, and then one thread is the better way.
 */
export function keepPace(most: number): Pace {
  const times: [one: number[], all: number[]] = [[], []];
  let way: 0 | 1 = 1;
  let stretch = SHORTEST;
  let trying = true;
  let left = TRIAL;
  const other = (): 0 | 1 => (way === 1 ? 0 : 1);
  const known = (): boolean => times.every((list) => list.length === MEMORY);
  const slower = (margin = 1): boolean => known() && median(times[way]) > margin * median(times[other()]);
  function turn(): void {
    way = other();
    left = TRIAL;
    trying = true;
  }
  return {
    threads: () => (way === 1 ? most : 1),
    took(time) {
      left--;
      if (!trying || left < MEMORY) {
        const own = times[way];
        own.push(time);
        if (own.length > MEMORY) own.shift();
      }
      if (left > 0) {
        if (!trying && slower(MARGIN)) {
          way = other();
          left = stretch = SHORTEST;
        }
        return;
      }
      if (!trying || !known()) return turn();
      // A trial ends: the better way goes on.
      const changes = !slower();
      if (!changes) way = other();
      stretch = changes ? SHORTEST : Math.min(LONGEST, 2 * stretch);
      left = stretch;
      trying = false;
    },
  };
}
