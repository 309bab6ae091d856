import type { ExecuteOptions, ExecuteResult, KernelClient } from '../../../src/notebook/client/kernel-client';
import type { Notebook, NotebookCell } from '../../../src/notebook/runner/notebook';
import { progressText } from '../../../src/notebook/runner/progress-text';
import { runNotebook, type RunEvent } from '../../../src/notebook/runner/run-notebook';

const code = (source: string, tags: string[] = []): NotebookCell => ({
  cell_type: 'code',
  metadata: Object.freeze({ tags }),
  source,
});
const book = (...cells: NotebookCell[]): Notebook =>
  Object.freeze({ nbformat: 4, nbformat_minor: 5, metadata: Object.freeze({}), cells: Object.freeze(cells) });
const text = (words: string): { output_type: 'stream'; name: 'stdout'; text: string } => ({
  output_type: 'stream',
  name: 'stdout',
  text: words,
});
const failed = (ename: string): ExecuteResult => ({
  status: 'error',
  executionCount: 1,
  outputs: [text('before')],
  error: { ename, evalue: 'v', traceback: [`${ename}: v`] },
});

/** A kernel that answers each source as it is told, and remembers what it was asked. */
function kernelOf(answer: (source: string, options: ExecuteOptions) => Promise<ExecuteResult>): {
  readonly asked: string[];
  start(): Promise<KernelClient>;
} {
  const asked: string[] = [];
  const client = {
    execute: (source: string, options: ExecuteOptions) => {
      asked.push(source);
      return answer(source, options);
    },
    interrupt: () => asked.push('(interrupt)'),
    shutdown: async () => void asked.push('(shutdown)'),
  };
  return { asked, start: async () => client as unknown as KernelClient };
}

const echo = async (source: string): Promise<ExecuteResult> => ({
  status: 'ok',
  executionCount: Number(source),
  outputs: [text(source)],
});

describe('runNotebook', () => {
  it('runs code cells in order and puts their outputs in place', async () => {
    const kernel = kernelOf(echo);
    const markdown: NotebookCell = { cell_type: 'markdown', metadata: {}, source: 'words' };
    const run = await runNotebook(book(code('1'), markdown, code('  '), code('2')), { start: kernel.start });
    expect(kernel.asked).toEqual(['1', '2', '(shutdown)']);
    expect(run.notebook.cells.map(({ execution_count, outputs }) => [execution_count, outputs])).toEqual([
      [1, [text('1')]],
      [undefined, undefined],
      [null, []],
      [2, [text('2')]],
    ]);
    expect([run.done, run.failure, run.stopped]).toEqual([2, undefined, false]);
    expect(JSON.parse(JSON.stringify(run))).toEqual(run);
  });

  it('ends at the first error, says where, and keeps what ran', async () => {
    const kernel = kernelOf(async (source) => (source === 'bad' ? failed('RangeError') : echo(source)));
    const markdown: NotebookCell = { cell_type: 'markdown', metadata: {}, source: 'words' };
    const run = await runNotebook(book(code('1'), markdown, code('bad'), code('2')), { start: kernel.start });
    expect(run.failure).toEqual({
      cell: 2,
      position: 3,
      ename: 'RangeError',
      evalue: 'v',
      traceback: ['RangeError: v'],
    });
    expect(kernel.asked).toEqual(['1', 'bad', '(shutdown)']);
    expect(run.notebook.cells[2].outputs!.map((o) => o.output_type)).toEqual(['stream', 'error']);
    expect(run.notebook.cells[3].outputs).toEqual([]);
  });

  it('goes on after an error that the cell announces', async () => {
    const kernel = kernelOf(async (source) => (source === 'bad' ? failed('RangeError') : echo(source)));
    const run = await runNotebook(book(code('bad', ['raises-exception']), code('2')), {
      start: kernel.start,
    });
    expect([run.done, run.failure]).toEqual([1, undefined]);
  });

  it('counts a lost kernel as the failure of the cell, announced or not', async () => {
    const kernel = kernelOf(() => Promise.reject(new Error('The kernel ended (SIGKILL).')));
    const run = await runNotebook(book(code('1', ['raises-exception']), code('2')), { start: kernel.start });
    expect(run.failure).toMatchObject({
      cell: 1,
      ename: 'KernelError',
      evalue: 'The kernel ended (SIGKILL).',
    });
    expect(kernel.asked).toEqual(['1', '(shutdown)']);
  });

  it('shows a cell that took too long as that, not as stopped by hand', async () => {
    const interrupted = { output_type: 'error', ename: 'Interrupted', evalue: '', traceback: [] } as const;
    const kernel = kernelOf(async () => ({ ...failed('Timeout'), outputs: [text('x'), interrupted] }));
    const run = await runNotebook(book(code('1')), { start: kernel.start, timeout: 2.5 });
    expect(run.notebook.cells[0].outputs!.map((o) => o.ename)).toEqual([undefined, 'Timeout']);
  });

  it('hands the time a cell may take on, in milliseconds', async () => {
    let asked: number | undefined;
    const kernel = kernelOf(async (source, options) => {
      asked = options.timeoutMs;
      return echo(source);
    });
    await runNotebook(book(code('1')), { start: kernel.start, timeout: 2.5 });
    expect(asked).toBe(2500);
    await expect(runNotebook(book(), { start: kernel.start, timeout: 0 })).rejects.toThrow(
      '"timeout" must be a number > 0; got 0.',
    );
  });

  it('interrupts the cell and ends the run when the signal says so', async () => {
    const controller = new AbortController();
    const kernel = kernelOf(async () => {
      controller.abort();
      return failed('Interrupted');
    });
    const run = await runNotebook(book(code('1', ['raises-exception']), code('2')), {
      start: kernel.start,
      signal: controller.signal,
    });
    expect(kernel.asked).toEqual(['1', '(interrupt)', '(shutdown)']);
    expect([run.stopped, run.done, run.failure?.ename]).toEqual([true, 0, 'Interrupted']);
  });

  it('takes displays as they are at the end: later cells may change them', async () => {
    const shown = { output_type: 'display_data', data: { 'text/plain': 'early' }, metadata: {} };
    const kernel = kernelOf(async (source) => {
      if (source === '2') shown.data = { 'text/plain': 'late' };
      return { status: 'ok', executionCount: 1, outputs: [shown] as ExecuteResult['outputs'] };
    });
    const run = await runNotebook(book(code('1'), code('2')), { start: kernel.start });
    expect(run.notebook.cells[0].outputs![0].data).toEqual({ 'text/plain': 'late' });
  });

  it('tells the start, the progress and the end of each cell', async () => {
    const events: RunEvent[] = [];
    const kernel = kernelOf(async (source, { onMessage }) => {
      onMessage?.({
        header: { msg_type: 'update_display_data' },
        content: { data: { 'text/plain': 'epoch 1 of 2' }, transient: { display_id: 'hunch-progress-1-1' } },
      } as never);
      return echo(source);
    });
    await runNotebook(book(code('7')), { start: kernel.start, onEvent: (event) => events.push(event) });
    expect(events).toEqual([
      { type: 'start', cell: 1, cells: 1, source: '7' },
      { type: 'progress', cell: 1, text: 'epoch 1 of 2' },
      { type: 'end', cell: 1, cells: 1, source: '7', status: 'ok', seconds: expect.any(Number) },
    ]);
  });
});

describe('progressText', () => {
  const message = (msg_type: string, content: object): never => ({ header: { msg_type }, content }) as never;
  const display = (id: string): object => ({
    data: { 'text/plain': 'words\nmore' },
    transient: { display_id: id },
  });

  it('takes live displays and the last line of stderr, and nothing else', () => {
    expect(progressText(message('display_data', display('hunch-progress-1-2')))).toBe('words');
    expect(progressText(message('display_data', display('mine')))).toBeUndefined();
    expect(progressText(message('stream', { name: 'stderr', text: 'a\n10 %\r20 %\n' }))).toBe('20 %');
    expect(progressText(message('stream', { name: 'stderr', text: '\n' }))).toBeUndefined();
    expect(progressText(message('stream', { name: 'stdout', text: 'a' }))).toBeUndefined();
    expect(progressText(message('status', { execution_state: 'busy' }))).toBeUndefined();
  });
});
