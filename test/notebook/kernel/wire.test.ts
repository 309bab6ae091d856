import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { composeMessage, decodeMessage, encodeMessage } from '../../../src/notebook/kernel/wire';

const KEY = 'a-key';
const draft = { type: 'comm_msg', session: 's', content: { data: { ü: '😀' } } };
const text = (frames: readonly Uint8Array[]): string[] =>
  frames.map((frame) => Buffer.from(frame).toString());

const replaced = (frames: readonly Uint8Array[], at: number, frame: Uint8Array): Uint8Array[] =>
  frames.map((old, i) => (i === at ? frame : old));

describe('composeMessage', () => {
  it('fills in the header and leaves absent parts empty', () => {
    const message = composeMessage(draft);
    expect(message).toEqual({
      idents: [],
      header: {
        msg_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        session: 's',
        username: 'kernel',
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        msg_type: 'comm_msg',
        version: '5.3',
      },
      parent_header: {},
      metadata: {},
      content: draft.content,
      buffers: [],
    });
    expect(composeMessage(draft).header.msg_id).not.toBe(message.header.msg_id);
  });
});

describe('encodeMessage', () => {
  it('orders the frames: idents, delimiter, signature, four parts, buffers', () => {
    const message = composeMessage({
      ...draft,
      idents: [Buffer.from('route')],
      buffers: [Buffer.from('b1'), Buffer.from('b2')],
      metadata: { m: 1 },
    });
    const frames = text(encodeMessage(message, KEY));
    expect(frames[0]).toBe('route');
    expect(frames[1]).toBe('<IDS|MSG>');
    expect(frames.slice(3, 7).map((part) => JSON.parse(part))).toEqual([
      message.header,
      {},
      { m: 1 },
      draft.content,
    ]);
    expect(frames.slice(7)).toEqual(['b1', 'b2']);
  });

  it('signs the four parts and not the buffers', () => {
    const message = composeMessage(draft);
    const frames = text(encodeMessage({ ...message, buffers: [Buffer.from('one')] }, KEY));
    const expected = createHmac('sha256', KEY).update(frames.slice(2, 6).join('')).digest('hex');
    expect(frames[1]).toBe(expected);
    expect(text(encodeMessage({ ...message, buffers: [] }, KEY))[1]).toBe(expected);
  });

  it('leaves the signature empty without a key', () => {
    expect(text(encodeMessage(composeMessage(draft), ''))[1]).toBe('');
  });
});

describe('decodeMessage', () => {
  const frames = (): Uint8Array[] =>
    encodeMessage(composeMessage({ ...draft, idents: [Buffer.from('r')] }), KEY);

  it.each([
    ['another key', (f: Uint8Array[]) => f, 'another'],
    ['a signature where none is expected', (f: Uint8Array[]) => f, ''],
    ['a changed content', (f: Uint8Array[]) => replaced(f, 6, Buffer.from('{"data":1}')), KEY],
    ['a changed parent', (f: Uint8Array[]) => replaced(f, 4, Buffer.from('{"msg_id":"x"}')), KEY],
    ['no signature', (f: Uint8Array[]) => replaced(f, 2, Buffer.alloc(0)), KEY],
    ['half a signature', (f: Uint8Array[]) => replaced(f, 2, f[2].slice(0, 32)), KEY],
  ])('refuses %s', (_, change, key) => {
    expect(() => decodeMessage(change(frames()), key)).toThrow('wrong signature was refused');
  });

  it.each([
    ['no delimiter', (f: Uint8Array[]) => f.slice(2)],
    ['a part too few', (f: Uint8Array[]) => f.slice(0, -1)],
    ['nothing', () => []],
  ])('refuses %s', (_, change) => {
    expect(() => decodeMessage(change(frames()), KEY)).toThrow('delimiter or parts are missing');
  });

  it('refuses parts that are not JSON', () => {
    const unsigned = replaced(encodeMessage(composeMessage(draft), ''), 2, Buffer.from('{'));
    expect(() => decodeMessage(unsigned, '')).toThrow(SyntaxError);
  });

  it('gives back what was encoded, whatever the content, key, route and buffers', () => {
    const bytes = fc.uint8Array({ maxLength: 40 }).map((part) => Buffer.from(part));
    const record = fc
      .dictionary(
        fc.string({ unit: 'grapheme' }).filter((key) => key !== '__proto__'),
        fc.jsonValue(),
      )
      .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);
    fc.assert(
      fc.property(
        record,
        record,
        fc.array(bytes),
        fc.array(bytes),
        fc.string(),
        (content, metadata, idents, buffers, key) => {
          const message = composeMessage({ type: 't', session: 's', content, metadata, idents, buffers });
          const decoded = decodeMessage(encodeMessage(message, key), key);
          expect(decoded).toEqual(message);
        },
      ),
      { numRuns: 60 },
    );
  });
});
