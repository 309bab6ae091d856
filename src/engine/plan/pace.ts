/** Decides step by step whether a team of threads pays. */
export interface Pace {
  /** Threads for the next step. */
  threads(): number;
  /** Tells how long the step took, in any unit. */
  took(time: number): void;
}

/** The first steps after a change do not count: helping threads wake up, and caches change hands. */
const WARM_UP = 2;
/** Steps whose median stands for the time of the running way, and of a way that is tried. */
const MEMORY = 7;
const TRIED = 4;
/** Steps between two trials: few at first, twice as many each time a trial changes nothing, and few before one is repeated. */
const SHORTEST = 64;
const LONGEST = 512;
const SOON = 16;
/** How much slower than at the last trial a step must be for the next one to come at once. */
const ALARM = 1.3;
/** How much less time the other way must take. */
const LEAD = 0.95;

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1];

/**
 * Returns a pace that takes the faster of one thread and `most`. The bits are the same either way, so it may change at any
 * step: another program that takes a core makes the team wait for each other, and then one thread is the better way.
 *
 * Machines grow slower and faster from one moment to the next, whatever the way. So times are compared with those right before
 * and right after, and two trials in a row must agree before the way is changed.
 */
export function keepPace(most: number): Pace {
  let way = most;
  let phase: 'running' | 'trying' | 'back' = 'running';
  let left = WARM_UP + MEMORY;
  let stretch = SHORTEST / 2;
  /** Times of the last steps of this phase that count. */
  let times: number[] = [];
  let toWarm = WARM_UP;
  let before = 0;
  let tried = 0;
  let usual = Infinity;
  // Nothing is known yet: one trial is enough.
  let doubted = true;

  const other = (): number => (way === 1 ? most : 1);
  function enter(next: typeof phase, steps: number): void {
    phase = next;
    left = steps;
    times = [];
    toWarm = WARM_UP;
  }
  function decide(): void {
    const after = median(times);
    usual = after;
    if (tried < LEAD * Math.sqrt(before * after)) {
      if (!doubted) {
        doubted = true;
        return enter('running', SOON);
      }
      way = other();
      usual = tried;
      stretch = SHORTEST;
    } else stretch = Math.min(LONGEST, 2 * stretch);
    doubted = false;
    enter('running', stretch);
  }
  return {
    threads: () => (phase === 'trying' ? other() : way),
    took(time) {
      left--;
      if (toWarm > 0) {
        toWarm--;
        return;
      }
      times.push(time);
      if (times.length > MEMORY) times.shift();
      if (phase === 'running') {
        if (left > 0 && (times.length < MEMORY || median(times) <= ALARM * usual)) return;
        before = median(times);
        enter('trying', WARM_UP + TRIED);
      } else if (left === 0) {
        if (phase === 'back') return decide();
        tried = median(times);
        enter('back', WARM_UP + TRIED);
      }
    },
  };
}
