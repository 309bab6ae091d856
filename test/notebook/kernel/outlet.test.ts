import type { Message } from '../../../src/notebook/kernel/message';
import { createOutlet } from '../../../src/notebook/kernel/outlet';
import type { KernelSockets } from '../../../src/notebook/kernel/sockets';
import { composeMessage, decodeMessage } from '../../../src/notebook/kernel/wire';

const KEY = 'k';
const request = composeMessage({ type: 'x_request', content: {}, session: 's', idents: [Buffer.from('me')] });

function outletOf(send: () => Promise<void> = () => Promise.resolve()): {
  readonly outlet: ReturnType<typeof createOutlet>;
  readonly sent: [channel: string, message: Message][];
  readonly lost: unknown[];
} {
  const sent: [string, Message][] = [];
  const lost: unknown[] = [];
  const socket = (channel: string): object => ({
    send(frames: Uint8Array[]) {
      sent.push([channel, decodeMessage(frames, KEY)]);
      return send();
    },
  });
  const sockets = Object.fromEntries(
    ['shell', 'control', 'stdin', 'iopub'].map((channel) => [channel, socket(channel)]),
  ) as unknown as KernelSockets;
  return { sent, lost, outlet: createOutlet(sockets, KEY, (error) => lost.push(error)) };
}
const circle = (): Record<string, unknown> => {
  const content: Record<string, unknown> = {};
  content.self = content;
  return content;
};

describe('createOutlet', () => {
  it('publishes under the topic of the type, with what goes beside it', () => {
    const { outlet, sent } = outletOf();
    const buffers = [Buffer.from('b')];
    outlet.publish('comm_msg', { data: 1 }, request.header, { metadata: { m: 1 }, buffers });
    outlet.publish('status', { execution_state: 'starting' }, undefined);
    const [[channel, message], [, orphan]] = sent;
    expect(channel).toBe('iopub');
    expect(message.idents.map(String)).toEqual(['comm_msg']);
    expect(message).toMatchObject({
      header: { msg_type: 'comm_msg', username: 'kernel' },
      parent_header: request.header,
      metadata: { m: 1 },
      content: { data: 1 },
    });
    expect(message.buffers.map(String)).toEqual(['b']);
    expect(orphan.parent_header).toEqual({});
    expect(orphan.header.session).toBe(message.header.session);
  });

  it('answers on the channel asked, to the one who asked', () => {
    const { outlet, sent } = outletOf();
    outlet.reply('control', request, 'x_reply', { status: 'ok' });
    const [[channel, message]] = sent;
    expect([channel, message.idents.map(String), message.content]).toEqual([
      'control',
      ['me'],
      { status: 'ok' },
    ]);
    expect(message.parent_header).toEqual(request.header);
  });

  it('tells what was lost, and throws nothing for it', async () => {
    const failing = outletOf(() => Promise.reject(new Error('no way out')));
    failing.outlet.publish('status', {}, undefined);
    const closed = outletOf(() => {
      throw new Error('closed');
    });
    closed.outlet.reply('shell', request, 'x_reply', {});
    await new Promise((resolve) => setImmediate(resolve));
    expect(failing.lost).toEqual([new Error('no way out')]);
    expect(closed.lost).toEqual([new Error('closed')]);
  });

  it('throws for content without a JSON form when it publishes, never when it answers', () => {
    const { outlet, sent, lost } = outletOf();
    expect(() => outlet.publish('comm_msg', circle(), undefined)).toThrow(TypeError);
    outlet.reply('shell', request, 'x_reply', { n: 1n });
    expect([sent, lost]).toEqual([[], [expect.any(TypeError)]]);
  });
});
