// Runs programs. A program is a list of [kernel, words, arguments …]; a step is a list of stages, each with one program a
// slice. Threads share the slices of a stage and meet before the next one, so that sums over slices have one order.
import { ptr } from './args';

/** Runs the kernels from `from` to `to`. */
export function runProgram(from: usize, to: usize): void {
  let at = from;
  while (at < to) {
    const kernel = load<u32>(at);
    call_indirect<void>(kernel, at + 8);
    at += 8 + (<usize>load<u32>(at, 4) << 2);
  }
}

// A team's block of shared words: 0 arrived, 1 round, 2 order (a step's number, or LEAVE), 3 threads of the running step,
// 4 address of the step.
const ARRIVED: usize = 0,
  ROUND: usize = 4,
  ORDER: usize = 8,
  THREADS: usize = 12,
  STEP: usize = 16;
const LEAVE: i32 = -1;
/** Milliseconds that a waiting thread turns before it sleeps: waking one takes 0.05 to 0.1 in a virtual machine. */
const PATIENCE: f64 = 0.25;
/** Turns between two looks at the clock: a microsecond or two. */
const TURNS: i32 = 512;

/**
 * Sleeps until the word is told to have changed: `Atomics.wait` of JavaScript. WebAssembly's own instruction is not used, because
 * a thread that it wakes in code of V8's first compiler (V8 11.3) does not go on.
 */
// @ts-ignore: decorator
@external("env", "wait")
declare function sleep(address: usize, seen: i32): void;

/** `performance.now` of JavaScript. */
// @ts-ignore: decorator
@external("env", "now")
declare function now(): f64;

// @ts-ignore: decorator
@inline
function changes(address: usize, seen: i32): bool {
  for (let i = 0; i < TURNS; i++) if (atomic.load<i32>(address) != seen) return true;
  return false;
}

function awaitChange(address: usize, seen: i32): void {
  if (changes(address, seen)) return;
  const until = now() + PATIENCE;
  while (now() < until) if (changes(address, seen)) return;
  while (atomic.load<i32>(address) == seen) sleep(address, seen);
}

/** Waits until all threads of the step are here. */
function meet(team: usize, threads: i32): void {
  const round = atomic.load<i32>(team + ROUND);
  if (atomic.add<i32>(team + ARRIVED, 1) == threads - 1) {
    atomic.store<i32>(team + ARRIVED, 0);
    atomic.store<i32>(team + ROUND, round + 1);
    atomic.notify(team + ROUND, -1);
  } else awaitChange(team + ROUND, round);
}

/** A step: number of stages, then for each: number of slices, and from and to of each slice's program. */
function work(step: usize, team: usize, thread: i32, threads: i32): void {
  const stages = load<i32>(step);
  let at = step + 4;
  for (let s = 0; s < stages; s++) {
    const slices = load<i32>(at);
    at += 4;
    for (let i = thread; i < slices; i += threads) {
      const pair = at + (<usize>i << 3);
      runProgram(ptr(pair, 0), ptr(pair, 1));
    }
    at += <usize>slices << 3;
    if (threads > 1) meet(team, threads);
  }
}

/** Runs a step on the calling thread and `threads` − 1 others that are in `join`. */
export function runStep(step: usize, team: usize, threads: i32): void {
  if (threads > 1) {
    atomic.store<i32>(team + THREADS, threads);
    atomic.store<i32>(team + STEP, <i32>step);
    atomic.store<i32>(team + ORDER, (atomic.load<i32>(team + ORDER) + 1) & 0x7fffffff);
    atomic.notify(team + ORDER, -1);
  }
  work(step, team, 0, threads);
}

/** The life of a helping thread: waits for orders until it is told to leave. `seen` is the order it starts from. */
export function join(team: usize, thread: i32, seen: i32): void {
  let last = seen;
  for (;;) {
    awaitChange(team + ORDER, last);
    let threads = 0,
      step: usize = 0;
    // A thread that has no part in a step may look while the next one is ordered: it takes only what belongs together.
    do {
      last = atomic.load<i32>(team + ORDER);
      if (last == LEAVE) return;
      threads = atomic.load<i32>(team + THREADS);
      step = <usize>atomic.load<i32>(team + STEP);
    } while (atomic.load<i32>(team + ORDER) != last);
    if (thread < threads) work(step, team, thread, threads);
  }
}

/** Sends the helping threads home. */
export function dismiss(team: usize): void {
  atomic.store<i32>(team + ORDER, LEAVE);
  atomic.notify(team + ORDER, -1);
}
