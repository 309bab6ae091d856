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
  /** Tells all front ends, on iopub. */
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

/** Returns the outlet of a kernel. A message that cannot be sent is passed to `onLost`, never thrown. */
export function createOutlet(sockets: KernelSockets, key: string, onLost: (error: unknown) => void): Outlet {
  const session = randomUUID();
  const send = (socket: KernelSockets[keyof Omit<KernelSockets, 'close'>], message: () => Message): void => {
    try {
      socket.send(encodeMessage(message(), key)).catch(onLost);
    } catch (error) {
      onLost(error);
    }
  };
  return {
    publish: (type, content, parent, extras) =>
      send(sockets.iopub, () =>
        composeMessage({ type, content, parent, session, idents: [Buffer.from(type)], ...extras }),
      ),
    reply: (channel, request, type, content) =>
      send(sockets[channel], () =>
        composeMessage({ type, content, parent: request.header, session, idents: request.idents }),
      ),
  };
}
