import { randomUUID } from 'node:crypto';
import type { KernelSockets } from './sockets';
import type { Header, Message } from './message';
import { composeMessage, encodeMessage } from './wire';

/** What may go beside the content of a message. */
export interface OutletExtras {
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly buffers?: readonly Uint8Array[] | undefined;
}

/** Everything the kernel says. */
export interface Outlet {
  /** Tells all front ends, on iopub; throws TypeError for content without a JSON form. */
  publish(
    type: string,
    content: Readonly<Record<string, unknown>>,
    parent: Header | undefined,
    extras?: OutletExtras,
  ): void;
  /** Answers a request on the channel it came by. */
  reply(
    channel: 'shell' | 'control',
    request: Message,
    type: string,
    content: Readonly<Record<string, unknown>>,
  ): void;
}

/**
 * Returns the outlet of a kernel. A message that cannot leave is passed to `onLost`, never thrown; content without a JSON form
 * (a circle, a bigint) is a TypeError of `publish`, so that it is told where it comes from.
 */
export function createOutlet(sockets: KernelSockets, key: string, onLost: (error: unknown) => void): Outlet {
  const session = randomUUID();
  const post = (socket: KernelSockets[keyof Omit<KernelSockets, 'close'>], message: Message): void => {
    const frames = encodeMessage(message, key);
    try {
      socket.send(frames).catch(onLost);
    } catch (error) {
      onLost(error);
    }
  };
  return {
    publish: (type, content, parent, extras) =>
      post(
        sockets.iopub,
        composeMessage({ type, content, parent, session, idents: [Buffer.from(type)], ...extras }),
      ),
    reply(channel, request, type, content) {
      try {
        const { header: parent, idents } = request;
        post(sockets[channel], composeMessage({ type, content, parent, session, idents }));
      } catch (error) {
        onLost(error);
      }
    },
  };
}
