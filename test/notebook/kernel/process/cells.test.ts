import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '../../../../src/notebook/kernel/message';
import { saying, shareKernel, written } from './shared-kernel';

const kernel = shareKernel();

describe('a cell', () => {
  it('tells its input, its result and its end, in order and under one parent', async () => {
    const { status, executionCount, outputs, messages } = await kernel.run('20 + 1');
    expect(messages.map(saying)).toEqual(['status busy', 'execute_input', 'execute_result', 'status idle']);
    expect(messages[1].content).toEqual({ code: '20 + 1', execution_count: executionCount });
    expect(new Set(messages.map((m) => m.parent_header.msg_id)).size).toBe(1);
    expect(status).toBe('ok');
    expect(outputs).toEqual([
      {
        output_type: 'execute_result',
        execution_count: executionCount,
        data: { 'text/plain': '21' },
        metadata: {},
      },
    ]);
  });

  it('has no result where its last expression gives nothing', async () => {
    expect((await kernel.run('const noted = 1;')).outputs).toEqual([]);
    expect((await kernel.run('undefined')).outputs).toEqual([]);
  });

  it('sees the names of earlier cells, in short properties too, and may declare them anew', async () => {
    await kernel.run('const alpha = 1;\nlet beta = "two";');
    expect((await kernel.run('({ alpha, beta })')).outputs).toMatchObject([
      { data: { 'text/plain': "{ alpha: 1, beta: 'two' }" } },
    ]);
    await kernel.run('const alpha = [beta];');
    expect((await kernel.run('alpha')).outputs).toMatchObject([{ data: { 'text/plain': "[ 'two' ]" } }]);
  });

  it('waits for a last expression that is a promise', async () => {
    const { outputs } = await kernel.run('new Promise<number>((resolve) => setTimeout(resolve, 30, 7))');
    expect(outputs).toMatchObject([{ output_type: 'execute_result', data: { 'text/plain': '7' } }]);
    const failed = await kernel.run('Promise.reject(new RangeError("late"))');
    expect(failed.error).toMatchObject({ ename: 'RangeError', evalue: 'late' });
    expect(failed.messages.map(saying)).toEqual(['status busy', 'execute_input', 'error', 'status idle']);
  });

  it('keeps what is written, its result and the streams in order', async () => {
    const { outputs } = await kernel.run(
      'console.log("one");\nconsole.error("two");\nprocess.stdout.write("three");\n4',
    );
    expect(outputs).toMatchObject([
      { name: 'stdout', text: 'one\n' },
      { name: 'stderr', text: 'two\n' },
      { name: 'stdout', text: 'three' },
      { output_type: 'execute_result', data: { 'text/plain': '4' } },
    ]);
  });

  it('loses none of 3,000 lines printed in one turn', async () => {
    const { status, messages } = await kernel.run('for (let i = 0; i < 3000; i++) console.log(i);');
    expect(status).toBe('ok');
    expect(written(messages)).toBe(Array.from({ length: 3000 }, (_, i) => `${i}\n`).join(''));
    expect(messages.length).toBeLessThan(300);
  });
});

describe('the count', () => {
  it('is raised neither by silent cells nor by those without history', async () => {
    const first = await kernel.run('1');
    const silent = await kernel.run('console.log("said"); 2', { silent: true });
    expect(silent.messages.map(saying)).toEqual(['status busy', 'stream', 'status idle']);
    const uncounted = await kernel.run('3', { storeHistory: false });
    expect(uncounted.messages[1].content).toEqual({ code: '3', execution_count: first.executionCount });
    expect(uncounted.executionCount).toBe(first.executionCount);
    const failed = await kernel.run('throw 1', { silent: true });
    expect([failed.status, failed.messages.map(saying)]).toEqual(['error', ['status busy', 'status idle']]);
    const next = await kernel.run('4');
    expect(next.executionCount).toBe(first.executionCount! + 1);
    const { content } = await kernel.client.request('history_request', {
      hist_access_type: 'tail',
      n: 2,
      output: false,
      raw: true,
    });
    expect((content.history as unknown[][]).map(([, line, code]) => [line, code])).toEqual([
      [first.executionCount, '1'],
      [next.executionCount, '4'],
    ]);
  });

  it('is raised by cells that fail', async () => {
    const { executionCount } = await kernel.run('throw new Error("x")');
    expect((await kernel.run('1')).executionCount).toBe(executionCount! + 1);
  });
});

describe('an error', () => {
  it('has a name, a message and a traceback that shows the cell and its line', async () => {
    const { status, error, outputs, executionCount, messages } = await kernel.run(
      'interface Unused { a: number }\nfunction inner(): void {\n  throw new RangeError("planted");\n}\ninner();',
    );
    expect(status).toBe('error');
    const label = `cell ${executionCount}`;
    expect(error).toEqual({
      ename: 'RangeError',
      evalue: 'planted',
      traceback: [
        'RangeError: planted',
        `    at inner (${label}:3:9)`,
        `    at ${label}:5:1`,
        '',
        `${label}, line 3:`,
        '  1 | interface Unused { a: number }',
        '  2 | function inner(): void {',
        '> 3 |   throw new RangeError("planted");',
        '    |         ^',
        '  4 | }',
      ],
    });
    expect(outputs).toEqual([{ output_type: 'error', ...error }]);
    expect(messages.map(saying)).toEqual(['status busy', 'execute_input', 'error', 'status idle']);
  });

  it('shows the line after an await, and the cell that a function came from', async () => {
    const defined = await kernel.run('async function fails(): Promise<void> {\n  (undefined as any).x;\n}');
    const { error } = await kernel.run('await 0;\n\nawait fails();');
    expect(error?.ename).toBe('TypeError');
    expect(error?.traceback.join('\n')).toContain(`at fails (cell ${defined.executionCount}:2:`);
    expect(error?.traceback.join('\n')).toContain(`at cell ${defined.executionCount! + 1}:3:7`);
    expect(error?.traceback.join('\n')).not.toMatch(/tslab|node:|Promise\.all/);
  });

  it('shows the line of a helper file', async () => {
    writeFileSync(
      join(kernel.folder, 'helper.ts'),
      'interface T { a: string }\n\nexport function boom(_: T): number {\n  throw new Error("in the helper");\n}\n',
    );
    const { error } = await kernel.run('import { boom } from "./helper";\nboom({ a: "x" });');
    expect(error?.traceback[1]).toContain('at boom (helper.ts:4:9)');
  });

  it('is told even when it cannot be read', async () => {
    const { error } = await kernel.run(
      'class Hostile extends Error { get message(): string { throw this; } }\nthrow new Hostile();',
    );
    expect(error?.evalue).toBe('Something was thrown that cannot be read.');
    expect((await kernel.run('1')).status).toBe('ok');
  });

  it('aborts the cells that wait, without a count of their own', async () => {
    const [bad, first, second] = await Promise.all([
      kernel.run('throw new Error("x")'),
      kernel.run('1'),
      kernel.run('2'),
    ]);
    expect([bad, first, second].map(({ status }) => status)).toEqual(['error', 'aborted', 'aborted']);
    expect([first.executionCount, first.outputs]).toEqual([null, []]);
    expect(first.messages.map(saying)).toEqual(['status busy', 'status idle']);
    expect((await kernel.run('3')).executionCount).toBe(bad.executionCount! + 1);
  });

  it.each([
    ['the request says so', { stopOnError: false }],
    ['it was asked in silence', { silent: true }],
  ])('lets them run when %s', async (_, options) => {
    const all = await Promise.all([kernel.run('throw 1', options), kernel.run('1'), kernel.run('2')]);
    expect(all.map(({ status }) => status)).toEqual(['error', 'ok', 'ok']);
  });

  it('comes before anything runs when the types of a library call are wrong', async () => {
    const { error, messages } = await kernel.run('console.log("ran");\nfit("not a model", datasets.iris());');
    expect(error).toMatchObject({
      ename: 'TypeScriptError',
      evalue: expect.stringMatching(/^2:5 - .*'string' is not assignable/),
    });
    expect(error?.traceback).toContain('> 2 | fit("not a model", datasets.iris());');
    expect(messages.map(saying)).toEqual(['status busy', 'execute_input', 'error', 'status idle']);
  });
});

describe('after its end', () => {
  it('a cell still writes, under the latest cell', async () => {
    const late = kernel.next(
      ({ header, content }) => header.msg_type === 'stream' && content.text === 'late\n',
    );
    const { messages } = await kernel.run('setTimeout(() => console.log("late"), 60);');
    const { parent_header: parent } = await late;
    expect(parent.msg_id).toBe(messages[0].parent_header.msg_id);
  });

  it('an exception in a timer is told and does not end the kernel', async () => {
    const told = kernel.next(({ content }) => content.name === 'stderr');
    const { executionCount } = await kernel.run('setTimeout(() => {\n  throw new Error("behind");\n}, 20);');
    const { text } = (await told).content as { text: string };
    expect(text).toContain('Uncaught in the background: Error: behind');
    expect(text).toContain(`cell ${executionCount}:2:9`);
    const rejected = kernel.next(({ content }) => content.name === 'stderr');
    await kernel.run('void Promise.reject(new Error("unheard"));');
    expect((await rejected).content.text).toContain('Unhandled rejection: Error: unheard');
    expect((await kernel.run('1 + 1')).status).toBe('ok');
  });

  it('an exception that cannot be read does not end the kernel either', async () => {
    const told = kernel.next(({ content }) => content.name === 'stderr');
    await kernel.run(
      'setTimeout(() => { throw Object.defineProperty(new Error(), "message", { get() { throw this; } }); }, 5);',
    );
    expect((await told).content.text).toContain('cannot be read');
    expect((await kernel.run('1 + 1')).status).toBe('ok');
  });
});

describe('asked while a cell runs', () => {
  it('the kernel answers, and says that the cell goes on', async () => {
    const seen: Message[] = [];
    const stop = kernel.client.onPublished((message) => seen.push(message));
    const started = kernel.next(({ header }) => header.msg_type === 'execute_input');
    const cell = kernel.run('await new Promise((resolve) => setTimeout(resolve, 300));');
    await started;
    const info = await kernel.client.request('kernel_info_request');
    const result = await cell;
    stop();
    const cellId = result.messages[0].parent_header.msg_id;
    expect(info.content.status).toBe('ok');
    expect(seen.map((m) => `${m.parent_header.msg_id === cellId ? 'cell' : 'info'}: ${saying(m)}`)).toEqual([
      'cell: status busy',
      'cell: execute_input',
      'info: status busy',
      'info: status idle',
      'cell: status busy',
      'cell: status idle',
    ]);
  });
});

describe('the library', () => {
  it('is there, typed, without an import', async () => {
    const { outputs } = await kernel.run(
      'const { train, validation } = splitDataset(datasets.iris(), { validation: 0.2, seed: 1 });\n[train.n, validation.n, typeof tf.tensor]',
    );
    // Iris has 150 flowers; a fifth of them is 30.
    expect(outputs).toMatchObject([{ data: { 'text/plain': "[ 120, 30, 'function' ]" } }]);
    const { matches, start, end } = await kernel.client.complete("'😀'; diagn", 10);
    expect(matches).toContain('diagnose');
    expect([start, end]).toEqual([5, 10]);
    expect((await kernel.client.complete('tf.tensor2', 10)).matches).toContain('tensor2d');
    expect((await kernel.client.complete('train.feat', 10)).matches).toContain('features');
    expect((await kernel.client.complete('zzzzz', 5)).matches).not.toContain('diagnose');
  });

  it('tells what a name is, with its documentation', async () => {
    const told = await kernel.client.inspect('await fit(', 9);
    expect(told).toMatch(/fit\(build: .*train: Dataset/);
    expect(told).toContain('Trains a model and returns the run');
    expect(await kernel.client.inspect('  ', 1)).toBeUndefined();
  });

  it('knows when a cell is complete', async () => {
    expect(await kernel.client.isComplete('const a = 1')).toEqual({ status: 'complete', indent: '' });
    expect(await kernel.client.isComplete('if (true) {')).toEqual({ status: 'incomplete', indent: '  ' });
    for (const open of ['console.log(`a', '/* words', 'f(1,']) {
      expect((await kernel.client.isComplete(open)).status).toBe('incomplete');
    }
    expect((await kernel.client.isComplete('const wrong = ;')).status).toBe('complete');
  });
});

describe('other requests', () => {
  it('evaluates expressions beside a cell, each by itself', async () => {
    const { content } = await kernel.client.request('execute_request', {
      code: 'const six = 6;',
      silent: false,
      store_history: false,
      allow_stdin: false,
      user_expressions: { good: 'six * 7', bad: '(undefined as any).x' },
    });
    expect(content).toMatchObject({
      status: 'ok',
      payload: [],
      user_expressions: {
        good: { status: 'ok', data: { 'text/plain': '42' }, metadata: {} },
        bad: { status: 'error', ename: expect.any(String), traceback: expect.any(Array) },
      },
    });
  });

  it('answers what it does not know with an error, and stays alive', async () => {
    const reply = await kernel.client.request('debug_request', { command: 'x' });
    expect(reply.header.msg_type).toBe('debug_reply');
    expect(reply.content).toMatchObject({ status: 'error', ename: 'NotSupported', traceback: [] });
  });
});
