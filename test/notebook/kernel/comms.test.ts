import { createComms, currentComms, setComms, type CommMessage } from '../../../src/notebook/kernel/comms';

type Sent = [type: string, content: Record<string, unknown>, extras: object];
const BYTES = Uint8Array.of(0, 255, 128);
const plain = { metadata: {}, buffers: [] };

function commsOf(): { readonly comms: ReturnType<typeof createComms>; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  return { sent, comms: createComms((...message) => sent.push(message)) };
}

describe('createComms, opened by the kernel', () => {
  it('opens, sends and closes', () => {
    const { comms, sent } = commsOf();
    const comm = comms.open('target', { a: 1 }, { id: 'c1', metadata: { m: 1 }, buffers: [BYTES] });
    comm.send({ b: 2 }, { buffers: [BYTES] });
    comm.send(undefined);
    expect(comms.list()).toEqual({ c1: { target_name: 'target' } });
    comm.close('bye');
    expect(sent).toEqual([
      [
        'comm_open',
        { comm_id: 'c1', target_name: 'target', data: { a: 1 } },
        { metadata: { m: 1 }, buffers: [BYTES] },
      ],
      ['comm_msg', { comm_id: 'c1', data: { b: 2 } }, { buffers: [BYTES] }],
      ['comm_msg', { comm_id: 'c1', data: {} }, {}],
      ['comm_close', { comm_id: 'c1', data: 'bye' }, {}],
    ]);
    expect(comms.list()).toEqual({});
  });

  it('says nothing once it is closed, by either side', () => {
    const { comms, sent } = commsOf();
    const [one, two] = [comms.open('t', {}, { id: '1' }), comms.open('t', {}, { id: '2' })];
    one.close();
    comms.receive('comm_close', { comm_id: '2', data: {} }, plain);
    sent.length = 0;
    for (const comm of [one, two]) {
      comm.send('x');
      comm.close();
    }
    expect(sent).toEqual([]);
  });

  it('gives every comm an id of its own', () => {
    const { comms } = commsOf();
    expect(comms.open('t').id).not.toBe(comms.open('t').id);
  });

  it('is not open when it could not be told', () => {
    const comms = createComms(() => {
      throw new TypeError('planted');
    });
    expect(() => comms.open('t')).toThrow('planted');
    expect(comms.list()).toEqual({});
  });

  it('hears the front end: data, metadata, buffers, and the end', () => {
    const { comms } = commsOf();
    const heard: [string, CommMessage][] = [];
    const comm = comms.open('t', {}, { id: 'c' });
    comm.onMessage = (message) => heard.push(['message', message]);
    comm.onClose = (message) => heard.push(['close', message]);
    const extras = { metadata: { m: 1 }, buffers: [BYTES] };
    comms.receive('comm_msg', { comm_id: 'c', data: 1 }, extras);
    comms.receive('comm_msg', { comm_id: 'other', data: 2 }, extras);
    comms.receive('comm_close', { comm_id: 'c', data: 3 }, plain);
    comms.receive('comm_msg', { comm_id: 'c', data: 4 }, extras);
    expect(heard).toEqual([
      ['message', { data: 1, ...extras }],
      ['close', { data: 3, ...plain }],
    ]);
  });
});

describe('createComms, opened by the front end', () => {
  const open = { comm_id: 'f', target_name: 't', data: { a: 1 } };

  it('hands the comm and the first message to who registered the target', () => {
    const { comms, sent } = commsOf();
    const opened: unknown[] = [];
    comms.onOpen('t', (comm, message) => {
      opened.push(comm.id, comm.target, message);
      comm.send('hello');
    });
    comms.receive('comm_open', open, { metadata: {}, buffers: [BYTES] });
    expect(opened).toEqual(['f', 't', { data: { a: 1 }, metadata: {}, buffers: [BYTES] }]);
    expect(sent).toEqual([['comm_msg', { comm_id: 'f', data: 'hello' }, {}]]);
    expect(comms.list('t')).toEqual({ f: { target_name: 't' } });
    expect(comms.list('u')).toEqual({});
  });

  it('closes what nobody registered, and what is registered no longer', () => {
    const { comms, sent } = commsOf();
    comms.receive('comm_open', open, plain);
    comms.onOpen('t', () => undefined)();
    comms.receive('comm_open', open, plain);
    const closed: Sent = ['comm_close', { comm_id: 'f', data: {} }, {}];
    expect(sent).toEqual([closed, closed]);
    expect(comms.list()).toEqual({});
  });

  it('keeps a later registration when an earlier one is taken away', () => {
    const { comms } = commsOf();
    const remove = comms.onOpen('t', () => undefined);
    comms.onOpen('t', () => undefined);
    remove();
    comms.receive('comm_open', open, plain);
    expect(comms.list()).toEqual({ f: { target_name: 't' } });
  });

  it('closes a comm whose handler throws, and passes the error on', () => {
    const { comms, sent } = commsOf();
    comms.onOpen('t', () => {
      throw new Error('planted');
    });
    expect(() => comms.receive('comm_open', open, plain)).toThrow('planted');
    expect(sent).toEqual([['comm_close', { comm_id: 'f', data: {} }, {}]]);
    expect(comms.list()).toEqual({});
  });
});

describe('currentComms', () => {
  it('is what was set last', () => {
    const { comms } = commsOf();
    expect(currentComms()).toBeUndefined();
    setComms(comms);
    expect(currentComms()).toBe(comms);
    setComms(undefined);
    expect(currentComms()).toBeUndefined();
  });
});
