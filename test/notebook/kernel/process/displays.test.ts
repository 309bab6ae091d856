import type { Message } from '../../../../src/notebook/kernel/message';
import { saying, shareKernel, written } from './shared-kernel';

const kernel = shareKernel();
const shows = (bundle: string): string => `({ [Symbol.for('Jupyter.display')]() { return ${bundle}; } })`;

describe('the last expression', () => {
  it('is shown as it wishes, awaited', async () => {
    const { outputs } = await kernel.run(
      `({ async [Symbol.for('Jupyter.display')]() { return { 'text/html': '<b>x</b>', 'image/png': Uint8Array.of(0, 255) }; } })`,
    );
    expect(outputs).toMatchObject([
      { output_type: 'execute_result', data: { 'text/html': '<b>x</b>', 'image/png': 'AP8=' } },
    ]);
  });

  it('of the library is shown in several forms', async () => {
    const { outputs } = await kernel.run(`figures.learningCurve((await fit(
      ({ tf, inputShape, units }) => tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] }),
      datasets.iris(), { epochs: 2, seed: 1 })).log)`);
    const result = outputs.find(({ output_type }) => output_type === 'execute_result') as {
      data: Record<string, unknown>;
    };
    expect(Object.keys(result.data).sort()).toEqual([
      'application/vnd.plotly.v1+json',
      'image/png',
      'text/html',
      'text/plain',
    ]);
    expect(Buffer.from(String(result.data['image/png']), 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect(result.data['application/vnd.plotly.v1+json']).toMatchObject({ data: expect.any(Array) });
  });

  it('is printed, and the reason told, when showing it fails', async () => {
    const { status, outputs } = await kernel.run(
      shows(`{ get 'text/html'() { throw new Error('planted'); } }`),
    );
    expect(status).toBe('ok');
    expect(outputs).toMatchObject([
      { name: 'stderr', text: 'The result could not be shown in full: planted\n' },
      { output_type: 'execute_result', data: { 'text/plain': expect.any(String) } },
    ]);
  });

  it('that never comes can be stopped', async () => {
    const { error } = await kernel.run(shows('new Promise(() => {})'), { timeoutMs: 150 });
    expect(error?.ename).toBe('Timeout');
    expect((await kernel.run('1')).status).toBe('ok');
  });
});

describe('show', () => {
  it('puts a display where it stands, and changes it by its id, also from a later cell', async () => {
    const first = await kernel.run(
      `await show('one', { displayId: 'd' });\nconsole.log('between');\nawait show('two', { displayId: 'd' });`,
    );
    expect(first.messages.map(saying)).toEqual([
      'status busy',
      'execute_input',
      'display_data',
      'stream',
      'update_display_data',
      'status idle',
    ]);
    expect(first.messages[2].content).toMatchObject({
      data: { 'text/plain': 'one' },
      metadata: {},
      transient: { display_id: 'd' },
    });
    expect(first.messages[4].content).toMatchObject({ transient: { display_id: 'd' } });
    expect(first.outputs).toMatchObject([
      { output_type: 'display_data', data: { 'text/plain': 'two' } },
      { output_type: 'stream', text: 'between\n' },
    ]);
    const later = await kernel.run(`await show('three', { displayId: 'd' });`);
    expect(later.outputs).toEqual([]);
    expect(first.outputs[0]).toMatchObject({ data: { 'text/plain': 'three' } });
  });

  it('never fails the cell, whatever it is given', async () => {
    const { status, messages } = await kernel.run(
      `await show({ [Symbol.for('Jupyter.display')]: () => ({ get 'text/plain'() { throw new Error('planted'); } }) });\nconsole.log('on');`,
    );
    expect(status).toBe('ok');
    expect(written(messages, 'stderr')).toBe('Something could not be shown: Error: planted\n');
    expect(written(messages)).toBe('on\n');
  });

  it("works beside tslab's own display", async () => {
    const { outputs } = await kernel.run(
      `import { display, newDisplay } from 'tslab';\ndisplay.html('<i>a</i>');\nconst mine = newDisplay();\nmine.text('b');\nmine.text('c');`,
    );
    expect(outputs).toMatchObject([
      { output_type: 'display_data', data: { 'text/html': '<i>a</i>' } },
      { output_type: 'display_data', data: { 'text/plain': 'c' } },
    ]);
  });
});

describe('comms', () => {
  const comms = `(globalThis as any)[Symbol.for('hunch.comms')]`;

  it('carry bytes both ways, while the kernel is idle', async () => {
    await kernel.run(
      `${comms}.onOpen('echo', (comm: any, opening: any) => {
        comm.send({ opened: opening.data }, { buffers: opening.buffers });
        comm.onMessage = ({ data, buffers }: any) => comm.send({ heard: data }, { buffers: [...buffers].reverse() });
        comm.onClose = () => console.log('closed');
      });`,
    );
    const bytes = [Buffer.from([0, 1, 255]), Buffer.from('ü')];
    const opened = kernel.next(({ header }) => header.msg_type === 'comm_msg');
    kernel.client.send('comm_open', { comm_id: 'c', target_name: 'echo', data: { n: 1 } }, bytes);
    const first = await opened;
    expect(first.content).toEqual({ comm_id: 'c', data: { opened: { n: 1 } } });
    expect(first.buffers.map((b) => Buffer.from(b))).toEqual(bytes);
    const heard = kernel.next(({ header }) => header.msg_type === 'comm_msg');
    kernel.client.send('comm_msg', { comm_id: 'c', data: 'x' }, bytes);
    const second = await heard;
    expect(second.content).toEqual({ comm_id: 'c', data: { heard: 'x' } });
    expect(second.buffers.map((b) => Buffer.from(b))).toEqual([...bytes].reverse());
    const { content } = await kernel.client.request('comm_info_request', { target_name: 'echo' });
    expect(content).toEqual({ status: 'ok', comms: { c: { target_name: 'echo' } } });
    const closed = kernel.next(({ header }) => header.msg_type === 'stream');
    kernel.client.send('comm_close', { comm_id: 'c', data: {} });
    expect((await closed).content).toEqual({ name: 'stdout', text: 'closed\n' });
  });

  it('say so where they are given what cannot be sent', async () => {
    const { error } = await kernel.run(
      `const line = ${comms}.open('somewhere');\nconst circle: any = {};\ncircle.self = circle;\nline.send(circle);`,
    );
    expect(error).toMatchObject({ ename: 'TypeError', evalue: expect.stringContaining('circular') });
  });

  it('to nobody are closed', async () => {
    const closed = kernel.next(({ header }) => header.msg_type === 'comm_close');
    kernel.client.send('comm_open', { comm_id: 'n', target_name: 'nobody', data: {} });
    expect((await closed).content).toEqual({ comm_id: 'n', data: {} });
  });

  it('are heard while a cell awaits, and what they write belongs to them', async () => {
    const streams: Message[] = [];
    const stop = kernel.client.onPublished((m) => m.header.msg_type === 'stream' && streams.push(m));
    const started = kernel.next(({ header }) => header.msg_type === 'execute_input');
    const cell = kernel.run(
      `await new Promise<void>((resolve) => ${comms}.onOpen('ring', () => { console.log('rung'); resolve(); }));\nconsole.log('answered');`,
    );
    await started;
    kernel.client.send('comm_open', { comm_id: 'r', target_name: 'ring', data: {} });
    const { messages } = await cell;
    stop();
    expect(written(messages)).toBe('answered\n');
    expect(streams.map((m) => m.content.text)).toEqual(['rung\n', 'answered\n']);
    expect(streams[0].parent_header.msg_type).toBe('comm_open');
  });
});
