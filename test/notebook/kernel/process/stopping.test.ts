import { startKernel } from '../../../../src/notebook/client/kernel-client';
import { saying, shareKernel, wait } from './shared-kernel';

const kernel = shareKernel();
const MODEL = `({ tf, inputShape, units }) => tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] })`;

/** Runs a cell, interrupts it when it has said "go", and says how long it took to end. */
async function stopped(
  code: string,
): Promise<{ result: Awaited<ReturnType<typeof kernel.run>>; ms: number }> {
  const going = kernel.next(({ header, content }) => header.msg_type === 'stream' && content.text === 'go\n');
  const cell = kernel.run(code);
  await going;
  // Node drops a signal that comes in the fraction of a millisecond in which a script ends.
  await wait(20);
  const began = performance.now();
  kernel.client.interrupt();
  return { result: await cell, ms: performance.now() - began };
}
const INTERRUPTED = { ename: 'Interrupted', evalue: 'The cell was stopped.' };

describe('interrupt', () => {
  it.each([
    ['an endless loop', 'console.log("go");\nfor (;;);'],
    ['an await', 'console.log("go");\nawait new Promise(() => undefined);'],
    [
      'an endless loop in a function that the cell awaits',
      'async function spin() { for (;;); }\nconsole.log("go");\nawait spin();',
    ],
    ['a promise as the last expression', 'console.log("go");\nnew Promise(() => undefined)'],
  ])('ends %s at once, and the next cell runs', async (_, code) => {
    const { result, ms } = await stopped(code);
    expect(result.error).toMatchObject(INTERRUPTED);
    expect(result.messages.map(saying).slice(-2)).toEqual(['error', 'status idle']);
    expect(ms).toBeLessThan(1000);
    expect((await kernel.run('1 + 1')).outputs).toMatchObject([{ data: { 'text/plain': '2' } }]);
  });

  it('stops a cell again and again', async () => {
    for (let i = 0; i < 3; i++) {
      const { result } = await stopped('console.log("go");\nawait new Promise(() => undefined);');
      expect(result.error).toMatchObject(INTERRUPTED);
    }
  });

  it('aborts the cells that wait behind it', async () => {
    const first = stopped('console.log("go");\nawait new Promise(() => undefined);');
    const second = kernel.run('1');
    expect([(await first).result.status, (await second).status]).toEqual(['error', 'aborted']);
  });

  it('asks a running fit to end, which keeps what was learnt', async () => {
    const training = kernel.next(({ header }) => header.msg_type === 'update_display_data');
    const cell = kernel.run(
      `const long = await fit(${MODEL}, datasets.iris(), { epochs: 1_000_000, seed: 1 });`,
    );
    await training;
    const began = performance.now();
    kernel.client.interrupt();
    const result = await cell;
    expect([result.status, result.error]).toEqual(['ok', undefined]);
    expect(performance.now() - began).toBeLessThan(4000);
    const after = await kernel.run('[long.log.stopped, long.log.epochs.length > 0]');
    expect(after.outputs).toMatchObject([{ data: { 'text/plain': "[ 'aborted', true ]" } }]);
  });

  it('does nothing when no cell runs', async () => {
    await kernel.run('1');
    kernel.client.interrupt();
    kernel.client.interrupt();
    await wait(50);
    const { status, outputs } = await kernel.run('console.log("fine");');
    expect([status, outputs]).toEqual(['ok', [{ output_type: 'stream', name: 'stdout', text: 'fine\n' }]]);
  });

  it('works after a cell has listened for SIGINT itself', async () => {
    await kernel.run('process.on("SIGINT", () => undefined);');
    const { result } = await stopped('console.log("go");\nawait new Promise(() => undefined);');
    expect(result.error).toMatchObject(INTERRUPTED);
    expect((await kernel.run('1')).status).toBe('ok');
  });
});

describe('shutdown', () => {
  const open = (): ReturnType<typeof startKernel> => startKernel({ cwd: kernel.folder });

  it('is prompt, whatever timers live and whatever awaits', async () => {
    const client = await open();
    const ended = { settled: 0 };
    await client.execute('setInterval(() => undefined, 10);');
    const cell = client.execute('await new Promise(() => undefined);').catch((error: Error) => {
      ended.settled++;
      return error;
    });
    const began = performance.now();
    await client.shutdown();
    expect(performance.now() - began).toBeLessThan(1000);
    expect(String(await cell)).toContain('The kernel ended (exit code 0).');
    await client.shutdown();
    await expect(client.execute('1')).rejects.toThrow('The kernel ended');
  });

  it('leaves nothing behind: a new kernel starts at 1 and knows no earlier name', async () => {
    await kernel.run('const kept = 1;');
    const client = await open();
    const { executionCount, error } = await client.execute('kept');
    expect([executionCount, error?.ename]).toEqual([1, 'TypeScriptError']);
    await client.shutdown();
  });

  it('by the cell itself is told, with what was last said', async () => {
    const client = await open();
    await expect(client.execute('process.exit(3)')).rejects.toThrow('The kernel ended (exit code 3).');
  });
});
