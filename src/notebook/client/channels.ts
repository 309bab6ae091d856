import { randomUUID } from 'node:crypto';
import type { Dealer, Subscriber } from 'zeromq';
import { endpoint, type ConnectionInfo } from '../kernel/connection';
import type { Message } from '../kernel/message';
import { deferred, type Deferred } from './deferred';
import { composeMessage, decodeMessage, encodeMessage } from '../kernel/wire';

/** A request under way. */
export interface PendingRequest {
  readonly reply: Promise<Message>;
  /** Resolves when the kernel has said that it is done with the request: all its output has come. */
  readonly idle: Promise<void>;
  /** Gives the request up. */
  fail(error: Error): void;
}

/** The client's end of a kernel's channels. */
export interface Channels {
  request(
    channel: 'shell' | 'control',
    type: string,
    content: Readonly<Record<string, unknown>>,
    onPublished?: (message: Message) => void,
  ): PendingRequest;
  send(type: string, content: Readonly<Record<string, unknown>>, buffers?: readonly Uint8Array[]): void;
  onPublished(listener: (message: Message) => void): () => void;
  /** Resolves with the kernel's `kernel_info_reply` once both shell and iopub are known to work. */
  ready(): Promise<Message>;
  /** Rejects everything that waits, and whatever is asked from now on. */
  fail(error: Error): void;
  close(): void;
}

interface Entry {
  readonly reply: Deferred<Message>;
  readonly idle: Deferred<void>;
  readonly onPublished: ((message: Message) => void) | undefined;
}

const IDLE_WAIT_MS = 100;

/** Connects to a kernel's channels, also to one that does not listen yet. */
export async function openChannels(connection: ConnectionInfo): Promise<Channels> {
  const zmq = await import('zeromq');
  const session = randomUUID();
  const socketOptions = { receiveHighWaterMark: 0, linger: 0, reconnectInterval: 20 };
  const dealerOptions = { ...socketOptions, sendTimeout: 0, sendHighWaterMark: 0 };
  const shell = new zmq.Dealer(dealerOptions);
  const control = new zmq.Dealer(dealerOptions);
  const iopub = new zmq.Subscriber(socketOptions);
  shell.connect(endpoint(connection, 'shell'));
  control.connect(endpoint(connection, 'control'));
  iopub.connect(endpoint(connection, 'iopub'));
  iopub.subscribe();

  const entries = new Map<string, Entry>();
  const listeners = new Set<(message: Message) => void>();
  let lost: Error | undefined;

  const entryOf = (message: Message): Entry | undefined => entries.get(message.parent_header.msg_id ?? '');

  function published(message: Message): void {
    for (const listener of listeners) listener(message);
    const entry = entryOf(message);
    if (!entry) return;
    try {
      entry.onPublished?.(message);
    } catch (error) {
      entry.reply.reject(error as Error);
    }
    if (message.header.msg_type === 'status' && message.content.execution_state === 'idle')
      entry.idle.resolve();
  }

  function fail(error: Error): void {
    lost ??= error;
    for (const { reply, idle } of entries.values()) {
      reply.reject(lost);
      idle.reject(lost);
    }
    entries.clear();
  }

  async function listen(socket: Dealer | Subscriber, take: (message: Message) => void): Promise<void> {
    for await (const frames of socket) take(decodeMessage(frames, connection.key));
  }
  const replied = (message: Message): void => entryOf(message)?.reply.resolve(message);
  listen(shell, replied).catch(fail);
  listen(control, replied).catch(fail);
  listen(iopub, published).catch(fail);

  function post(socket: Dealer, message: Message): void {
    socket.send(encodeMessage(message, connection.key)).catch(fail);
  }

  const channels: Channels = {
    request(channel, type, content, onPublished) {
      const message = composeMessage({ type, content, session, username: 'hunch' });
      const entry: Entry = { reply: deferred(), idle: deferred(), onPublished };
      const giveUp = (error: Error): void => {
        entry.reply.reject(error);
        entry.idle.reject(error);
      };
      if (lost) giveUp(lost);
      else {
        const id = message.header.msg_id;
        entries.set(id, entry);
        Promise.allSettled([entry.reply.promise, entry.idle.promise]).then(() => entries.delete(id), fail);
        post(channel === 'shell' ? shell : control, message);
      }
      return { reply: entry.reply.promise, idle: entry.idle.promise, fail: giveUp };
    },
    send(type, content, buffers) {
      if (!lost) post(shell, composeMessage({ type, content, session, username: 'hunch', buffers }));
    },
    onPublished(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async ready() {
      // A subscription takes a moment longer than a connection: only an idle that arrives shows that output will.
      for (;;) {
        const request = channels.request('shell', 'kernel_info_request', {});
        const info = await request.reply;
        const came = request.idle.then(() => true);
        const late = new Promise<boolean>((resolve) => setTimeout(resolve, IDLE_WAIT_MS, false));
        if (await Promise.race([came, late])) return info;
        request.fail(new Error('The kernel was not heard on iopub.'));
      }
    },
    fail,
    close() {
      for (const socket of [shell, control, iopub]) socket.close();
    },
  };
  return channels;
}
