import { StringDecoder } from 'node:string_decoder';

/** Name of an output stream. */
export type StreamName = 'stdout' | 'stderr';

/** Gathers what is written and passes it on in few pieces, in order. */
export interface Streams {
  write(name: StreamName, chunk: string | Uint8Array): void;
  /** Passes on what is held; called before anything else is published. */
  flush(): void;
}

const MOST_HELD = 32_768;
const LONGEST_WAIT_MS = 50;

/**
 * Returns streams that send at the end of a turn of the event loop, and within a long turn when 50 ms have gone by or 32 KB are
 * held: a loop that prints is seen while it runs, a flood of small writes makes few messages.
 *
 * @param destination what writes belong to at this moment; a change of it ends a piece
 */
export function createStreams<D>(
  destination: () => D,
  send: (name: StreamName, text: string, destination: D) => void,
): Streams {
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  let held: { name: StreamName; destination: D; parts: string[]; size: number } | undefined;
  let scheduled = false;
  let sentAt = 0;

  function flush(): void {
    if (!held) return;
    const { name, parts, destination: to } = held;
    held = undefined;
    sentAt = performance.now();
    send(name, parts.join(''), to);
  }

  return {
    flush,
    write(name, chunk) {
      const text = typeof chunk === 'string' ? chunk : decoders[name].write(Buffer.from(chunk));
      if (text === '') return;
      const to = destination();
      if (held && (held.name !== name || held.destination !== to)) flush();
      held ??= { name, destination: to, parts: [], size: 0 };
      held.parts.push(text);
      held.size += text.length;
      if (held.size >= MOST_HELD || performance.now() - sentAt >= LONGEST_WAIT_MS) flush();
      else if (!scheduled) {
        scheduled = true;
        setImmediate(() => {
          scheduled = false;
          flush();
        });
      }
    },
  };
}

/** Sends the process's stdout and stderr to the streams; returns the function that puts back what was there. */
export function captureProcess(streams: Streams): () => void {
  const restore = (['stdout', 'stderr'] as const).map((name) => {
    const stream = process[name];
    const original = stream.write;
    stream.write = ((chunk: string | Uint8Array, encoding?: unknown, done?: unknown) => {
      const text =
        typeof chunk === 'string' &&
        typeof encoding === 'string' &&
        encoding !== 'utf8' &&
        encoding !== 'utf-8'
          ? Buffer.from(chunk, encoding as BufferEncoding)
          : chunk;
      streams.write(name, text);
      const callback = typeof encoding === 'function' ? encoding : done;
      if (typeof callback === 'function') process.nextTick(callback as () => void);
      return true;
    }) as typeof stream.write;
    return () => {
      stream.write = original;
    };
  });
  return () => restore.forEach((putBack) => putBack());
}
