import { captureProcess, createStreams, type Streams } from '../../../src/notebook/kernel/streams';

type Sent = [name: string, text: string, to: string];
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Streams that have just sent, so that what follows is held until the turn ends. */
function warmStreams(): { readonly streams: Streams; readonly sent: Sent[]; destine(to: string): void } {
  const sent: Sent[] = [];
  let to = 'a';
  const streams = createStreams(
    () => to,
    (...piece: Sent) => sent.push(piece),
  );
  streams.write('stdout', 'warm');
  streams.flush();
  sent.length = 0;
  return { streams, sent, destine: (next) => (to = next) };
}

describe('createStreams', () => {
  it('sends the first words after a pause at once', () => {
    const sent: Sent[] = [];
    createStreams(
      () => 'a',
      (...piece: Sent) => sent.push(piece),
    ).write('stdout', 'x');
    expect(sent).toEqual([['stdout', 'x', 'a']]);
  });

  it('sends one piece at the end of a turn', async () => {
    const { streams, sent } = warmStreams();
    for (let i = 0; i < 300; i++) streams.write('stdout', `${i % 10}`);
    expect(sent).toEqual([]);
    await turn();
    expect(sent).toEqual([['stdout', '0123456789'.repeat(30), 'a']]);
  });

  it('keeps the order of the two streams', async () => {
    const { streams, sent } = warmStreams();
    streams.write('stdout', '1');
    streams.write('stdout', '2');
    streams.write('stderr', '3');
    streams.write('stdout', '4');
    await turn();
    expect(sent).toEqual([
      ['stdout', '12', 'a'],
      ['stderr', '3', 'a'],
      ['stdout', '4', 'a'],
    ]);
  });

  it('ends a piece where the destination changes', async () => {
    const { streams, sent, destine } = warmStreams();
    streams.write('stdout', '1');
    destine('b');
    streams.write('stdout', '2');
    await turn();
    expect(sent).toEqual([
      ['stdout', '1', 'a'],
      ['stdout', '2', 'b'],
    ]);
  });

  it('passes on what is held when asked, once', async () => {
    const { streams, sent } = warmStreams();
    streams.write('stderr', 'x');
    streams.flush();
    streams.flush();
    await turn();
    expect(sent).toEqual([['stderr', 'x', 'a']]);
  });

  it('holds no more than 32 KB', () => {
    const { streams, sent } = warmStreams();
    streams.write('stdout', 'x'.repeat(32_767));
    expect(sent).toEqual([]);
    streams.write('stdout', 'yz');
    expect(sent.map(([, text]) => text.length)).toEqual([32_769]);
  });

  it('is seen within a long turn', () => {
    const { streams, sent } = warmStreams();
    streams.write('stdout', 'early');
    for (const end = performance.now() + 60; performance.now() < end;);
    streams.write('stdout', ' late');
    expect(sent).toEqual([['stdout', 'early late', 'a']]);
  });

  it('puts characters together whose bytes come apart, each stream by itself', async () => {
    const { streams, sent } = warmStreams();
    const euro = Buffer.from('€');
    const face = Buffer.from('😀');
    streams.write('stdout', euro.subarray(0, 1));
    streams.write('stderr', face.subarray(0, 3));
    streams.write('stdout', euro.subarray(1));
    streams.write('stderr', face.subarray(3));
    await turn();
    expect(sent).toEqual([
      ['stdout', '€', 'a'],
      ['stderr', '😀', 'a'],
    ]);
  });
});

describe('captureProcess', () => {
  it('takes strings, bytes and encodings, calls back, and is taken away again', async () => {
    const written: [string, unknown][] = [];
    const before = [process.stdout.write, process.stderr.write];
    const restore = captureProcess({
      write: (name, chunk) => void written.push([name, typeof chunk === 'string' ? chunk : String(chunk)]),
      flush: () => undefined,
    });
    let called = 0;
    try {
      expect(process.stdout.write('a')).toBe(true);
      process.stdout.write('62', 'hex', () => called++);
      process.stderr.write(Buffer.from('c'), () => called++);
      process.stderr.write('d', 'utf8');
    } finally {
      restore();
    }
    await turn();
    expect(written).toEqual([
      ['stdout', 'a'],
      ['stdout', 'b'],
      ['stderr', 'c'],
      ['stderr', 'd'],
    ]);
    expect(called).toBe(2);
    expect([process.stdout.write, process.stderr.write]).toEqual(before);
  });
});
