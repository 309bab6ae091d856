import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { PROTOCOL_VERSION, type Header, type Message } from './message';

const DELIMITER = Buffer.from('<IDS|MSG>');

/** What is said about a message before it is put on the wire. */
export interface Draft {
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly session: string;
  readonly username?: string;
  readonly parent?: Header | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly buffers?: readonly Uint8Array[] | undefined;
  readonly idents?: readonly Uint8Array[] | undefined;
}

/** Returns a whole message from a draft: header filled in, a fresh `msg_id`. */
export function composeMessage(draft: Draft): Message {
  return {
    idents: draft.idents ?? [],
    header: {
      msg_id: randomUUID(),
      session: draft.session,
      username: draft.username ?? 'kernel',
      date: new Date().toISOString(),
      msg_type: draft.type,
      version: PROTOCOL_VERSION,
    },
    parent_header: draft.parent ?? {},
    metadata: draft.metadata ?? {},
    content: draft.content,
    buffers: draft.buffers ?? [],
  };
}

function signature(key: string, parts: readonly Uint8Array[]): string {
  if (key === '') return '';
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

/**
 * Returns the ZeroMQ frames of a message: idents, delimiter, HMAC-SHA-256 (hex) of the next four, header, parent header,
 * metadata, content, then the buffers, which Jupyter leaves unsigned. An empty key means unsigned.
 */
export function encodeMessage(message: Message, key: string): Uint8Array[] {
  const parts = [message.header, message.parent_header, message.metadata, message.content].map((part) =>
    Buffer.from(JSON.stringify(part)),
  );
  return [...message.idents, DELIMITER, Buffer.from(signature(key, parts)), ...parts, ...message.buffers];
}

/**
 * Returns the message in ZeroMQ frames.
 *
 * @throws Error when the delimiter or a part is missing, a part is not JSON, or the signature does not fit the key
 */
export function decodeMessage(frames: readonly Uint8Array[], key: string): Message {
  const at = frames.findIndex((frame) => DELIMITER.equals(frame));
  if (at < 0 || frames.length < at + 6)
    throw new Error('Not a Jupyter message: delimiter or parts are missing.');
  const parts = frames.slice(at + 2, at + 6);
  const given = Buffer.from(frames[at + 1]);
  const wanted = Buffer.from(signature(key, parts));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new Error('A message with a wrong signature was refused.');
  }
  const [header, parent, metadata, content] = parts.map((part) => JSON.parse(Buffer.from(part).toString()));
  return {
    idents: frames.slice(0, at),
    header,
    parent_header: parent,
    metadata,
    content,
    buffers: frames.slice(at + 6),
  };
}
