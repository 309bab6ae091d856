import { createOutputList, type OutputList } from '../../../src/notebook/client/outputs';

const message = (msg_type: string, content: Record<string, unknown>): Parameters<OutputList['take']>[0] => ({
  header: { msg_type, msg_id: '', session: '', username: '', date: '', version: '5.3' },
  content,
});
const stream = (text: string, name = 'stdout'): ReturnType<typeof message> =>
  message('stream', { name, text });
const display = (words: string, id?: string, type = 'display_data'): ReturnType<typeof message> =>
  message(type, {
    data: { 'text/plain': words },
    metadata: {},
    transient: id === undefined ? {} : { display_id: id },
  });
const shown = (words: string): object => ({
  output_type: 'display_data',
  data: { 'text/plain': words },
  metadata: {},
});

describe('createOutputList', () => {
  it('joins neighbouring pieces of one stream', () => {
    const list = createOutputList(new Map());
    [stream('a'), stream('b'), stream('c', 'stderr'), stream('d')].forEach(list.take);
    expect(list.outputs).toEqual([
      { output_type: 'stream', name: 'stdout', text: 'ab' },
      { output_type: 'stream', name: 'stderr', text: 'c' },
      { output_type: 'stream', name: 'stdout', text: 'd' },
    ]);
  });

  it('takes results and errors as the notebook format has them', () => {
    const list = createOutputList(new Map());
    const error = { ename: 'E', evalue: 'v', traceback: ['t'] };
    list.take(message('execute_result', { execution_count: 3, data: { 'text/plain': '1' }, metadata: {} }));
    list.take(message('error', error));
    list.take(message('status', { execution_state: 'idle' }));
    list.take(message('execute_input', { code: 'x', execution_count: 3 }));
    expect(list.outputs).toEqual([
      { output_type: 'execute_result', execution_count: 3, data: { 'text/plain': '1' }, metadata: {} },
      { output_type: 'error', ...error },
    ]);
  });

  it('changes every output that shows a display, over cells, and adds none', () => {
    const displays = new Map();
    const [first, second] = [createOutputList(displays), createOutputList(displays)];
    [display('one', 'd'), display('other', 'e'), display('one again', 'd')].forEach(first.take);
    second.take(display('elsewhere', 'd'));
    second.take(display('two', 'd', 'update_display_data'));
    second.take(display('nobody', 'unknown', 'update_display_data'));
    expect(first.outputs).toEqual([shown('two'), shown('other'), shown('two')]);
    expect(second.outputs).toEqual([shown('two')]);
  });

  it('clears at once, or when the next output comes', () => {
    const list = createOutputList(new Map());
    list.take(stream('a'));
    list.take(message('clear_output', { wait: false }));
    expect(list.outputs).toEqual([]);
    list.take(stream('b'));
    list.take(message('clear_output', { wait: true }));
    expect(list.outputs).toHaveLength(1);
    list.take(display('c'));
    expect(list.outputs).toEqual([shown('c')]);
    list.take(display('d'));
    expect(list.outputs).toHaveLength(2);
  });
});
