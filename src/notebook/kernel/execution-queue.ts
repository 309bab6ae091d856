/** What the queue does with its entries. */
export interface ExecutionQueueOptions<T> {
  /**
   * Executes one entry; `abort-waiting` aborts all that wait when it settles. `drained` resolves once requests that were
   * already on their way have arrived.
   */
  run(entry: T, drained: () => Promise<void>): Promise<'go-on' | 'abort-waiting'>;
  abort(entry: T): void;
  onFault(error: unknown): void;
}

/** Requests to execute, one after the other. */
export interface ExecutionQueue<T> {
  add(entry: T): void;
}

const QUIET_MS = 5;
const MOST_ROUNDS = 40;

/**
 * Returns an empty queue.
 *
 * Requests sent together with one that fails may still lie in the socket when it has failed: `drained` waits until none has
 * come for 5 ms (200 ms at most), so that "run all" stops at the first error, while a request sent after the reply runs.
 */
export function createExecutionQueue<T>(options: ExecutionQueueOptions<T>): ExecutionQueue<T> {
  let waiting: T[] = [];
  let busy = false;
  let arrived = 0;

  async function drained(): Promise<void> {
    for (let round = 0, seen = -1; round < MOST_ROUNDS && seen !== arrived; round++) {
      seen = arrived;
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    }
  }

  async function work(): Promise<void> {
    busy = true;
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      try {
        if ((await options.run(entry, drained)) === 'abort-waiting') {
          const aborted = waiting;
          waiting = [];
          for (const other of aborted) options.abort(other);
        }
      } catch (error) {
        options.onFault(error);
      }
    }
    busy = false;
  }

  return {
    add(entry) {
      arrived++;
      waiting.push(entry);
      if (!busy) void work();
    },
  };
}
