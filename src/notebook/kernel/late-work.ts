/** Work that outlasts the code of a cell and belongs to its output. */
export interface LateWork {
  add(work: Promise<unknown>): void;
  /** Fulfilled when all that was added has settled, or after the limit. Never rejects. */
  settled(): Promise<void>;
}

/** Returns an empty collection; `limitMs` is how long a cell waits for its late work. */
export function createLateWork(limitMs = 10_000): LateWork {
  let waiting: Promise<unknown>[] = [];
  return {
    add: (work) => void waiting.push(work),
    async settled() {
      const all = Promise.allSettled(waiting);
      waiting = [];
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
      await Promise.race([all, limit]);
      clearTimeout(timer);
    },
  };
}
