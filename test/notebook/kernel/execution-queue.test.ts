import { createExecutionQueue } from '../../../src/notebook/kernel/execution-queue';
import { createLateWork } from '../../../src/notebook/kernel/late-work';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A queue whose entries fail as their names say, and what happened to them. */
function queueOf(): { readonly add: (name: string) => void; readonly seen: string[]; idle(): Promise<void> } {
  const seen: string[] = [];
  let open = 0;
  const queue = createExecutionQueue<string>({
    async run(name, drained) {
      seen.push(`run ${name}`);
      await wait(2);
      if (name === 'throws') throw new Error('planted');
      if (name.startsWith('fails')) await drained();
      seen.push(`end ${name}`);
      open--;
      return name.startsWith('fails') ? 'abort-waiting' : 'go-on';
    },
    abort(name) {
      seen.push(`abort ${name}`);
      open--;
    },
    onFault(error) {
      seen.push(`fault ${(error as Error).message}`);
      open--;
    },
  });
  return {
    seen,
    add(name) {
      open++;
      queue.add(name);
    },
    async idle() {
      while (open > 0) await wait(1);
    },
  };
}

describe('createExecutionQueue', () => {
  it('runs one after the other, in the order of arrival', async () => {
    const queue = queueOf();
    ['a', 'b'].forEach(queue.add);
    await wait(1);
    queue.add('c');
    await queue.idle();
    expect(queue.seen).toEqual(['run a', 'end a', 'run b', 'end b', 'run c', 'end c']);
  });

  it('aborts all that wait when one fails so, and runs what comes afterwards', async () => {
    const queue = queueOf();
    ['a', 'fails', 'b', 'c'].forEach(queue.add);
    await queue.idle();
    queue.add('d');
    await queue.idle();
    expect(queue.seen).toEqual([
      'run a', 'end a', 'run fails', 'end fails', 'abort b', 'abort c', 'run d', 'end d',
    ]); // prettier-ignore
  });

  it('aborts requests that were still on their way when the cell failed', async () => {
    const queue = queueOf();
    queue.add('fails');
    // Each comes 3 ms after the one before it: within the 5 ms that the queue listens on.
    for (const name of ['b', 'c', 'd']) setTimeout(() => queue.add(name), { b: 3, c: 6, d: 9 }[name]);
    await wait(12);
    await queue.idle();
    expect(queue.seen).toEqual(['run fails', 'end fails', 'abort b', 'abort c', 'abort d']);
  });

  it('goes on after a fault of its own', async () => {
    const queue = queueOf();
    ['throws', 'b'].forEach(queue.add);
    await queue.idle();
    expect(queue.seen).toEqual(['run throws', 'fault planted', 'run b', 'end b']);
  });
});

describe('createLateWork', () => {
  it('settles when all work has, failed or not, and starts anew', async () => {
    const late = createLateWork(5000);
    let done = false;
    late.add(wait(20).then(() => (done = true)));
    late.add(Promise.reject(new Error('ignored')));
    await late.settled();
    expect(done).toBe(true);
    await late.settled();
  });

  it('waits no longer than its limit', async () => {
    const late = createLateWork(20);
    late.add(new Promise(() => undefined));
    const began = performance.now();
    await late.settled();
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
