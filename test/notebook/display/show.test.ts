import { setHost, type PublishOptions } from '../../../src/core/host';
import type { MimeBundle } from '../../../src/core/mime';
import { healTslab } from '../../../src/notebook/display/heal-tslab';
import { otherNotebook } from '../../../src/notebook/display/other-notebook';
import { show } from '../../../src/notebook/display/show';

type Sent = [MimeBundle, PublishOptions | undefined];

afterEach(() => {
  setHost(undefined);
  delete (globalThis as { Deno?: unknown }).Deno;
  delete (globalThis as { __tslab__?: unknown }).__tslab__;
  jest.restoreAllMocks();
});

describe('show', () => {
  it('publishes through the host, an update the second time an id is used', async () => {
    const sent: Sent[] = [];
    setHost({
      name: 'test',
      publish: (...args) => void sent.push(args as Sent),
      interruptSignal: () => undefined,
    });
    await show({ kind: 'most-confused', name: 'm', n: 4, pairs: [] }, { displayId: 'one' });
    await show('words', { displayId: 'one' });
    expect(sent[0][0]['text/plain']).toContain('No class is taken for another among 4 examples.');
    expect(sent.map(([, options]) => options?.update)).toEqual([false, true]);
    expect(sent[1][0]).toEqual({ 'text/plain': 'words' });
  });

  it('prints the words where there is no notebook', async () => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    await show(42);
    expect(write).toHaveBeenCalledWith('42\n');
  });

  it('uses what an object says of itself', async () => {
    const sent: Sent[] = [];
    setHost({
      name: 'test',
      publish: (...args) => void sent.push(args as Sent),
      interruptSignal: () => undefined,
    });
    await show({ [Symbol.for('Jupyter.display')]: () => ({ 'text/latex': 'x' }) });
    expect(sent[0][0]).toEqual({ 'text/latex': 'x' });
  });

  it('refuses unknown options', async () => {
    await expect(show(1, { displayID: 'a' } as never)).rejects.toThrow('Did you mean "displayId"?');
  });
});

describe('otherNotebook', () => {
  it('is nothing in a plain script', () => {
    expect(otherNotebook()).toBeUndefined();
    expect(healTslab()).toBe(false);
  });

  it('sends raw bundles to Deno and swallows what it throws', () => {
    const display = jest.fn(() => {
      throw new Error('gone');
    });
    (globalThis as { Deno?: unknown }).Deno = { jupyter: { display } };
    otherNotebook()?.publish({ 'text/plain': 'a' }, { displayId: 'd', update: true });
    expect(display).toHaveBeenCalledWith({ 'text/plain': 'a' }, { raw: true, update: true, display_id: 'd' });
  });

  it('sends the richest single type through the tslab global', () => {
    const raw = jest.fn();
    (globalThis as { __tslab__?: unknown }).__tslab__ = { require: () => ({ display: { raw } }) };
    otherNotebook()?.publish({ 'text/plain': 'a', 'text/html': '<b>a</b>' });
    expect(raw).toHaveBeenCalledWith('text/html', '<b>a</b>');
  });
});
