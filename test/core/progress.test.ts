import { onProgress, startProgress, type ProgressEvent } from '../../src/core/progress';

describe('progress', () => {
  it('reports to every listener and to the own one, with what, how far and the numbers', () => {
    const seen: ProgressEvent[] = [];
    const own: ProgressEvent[] = [];
    const off = onProgress((event) => seen.push(event));
    const work = startProgress({ label: 'training', total: 2, unit: 'epoch' }, (event) => own.push(event));
    work.update(1, { loss: 0.5 });
    work.end(2);
    off();
    work.update(2);
    expect(seen.map((e) => [e.phase, e.done])).toEqual([
      ['start', 0],
      ['update', 1],
      ['end', 2],
    ]);
    expect(own).toHaveLength(4);
    expect(seen[1].values).toEqual({ loss: 0.5 });
    expect(seen[1].secondsLeft).toBeCloseTo(seen[1].seconds, 6); // one of two done: as long again
  });

  it('counts the part of the unit that is being done when it says the time left', () => {
    const seen: ProgressEvent[] = [];
    const work = startProgress({ label: 'training', total: 3, unit: 'epoch' }, (event) => seen.push(event));
    work.within(0, { done: 5, total: 20, unit: 'step' }, { loss: 1 });
    work.update(1);
    const [, within, whole] = seen;
    expect([within.phase, within.done, within.part, within.values]).toEqual([
      'update',
      0,
      { done: 5, total: 20, unit: 'step' },
      { loss: 1 },
    ]);
    expect(within.secondsLeft).toBeCloseTo(within.seconds * 11, 6); // a quarter of three is done: 2.75 / 0.25 = 11
    expect('part' in whole).toBe(false);
  });

  it('goes on when a listener throws', () => {
    const off = onProgress(() => {
      throw new Error('the plot broke');
    });
    expect(() => startProgress({ label: 'x', unit: 'step' }).end(1)).not.toThrow();
    off();
  });
});

describe('work that is a part of more', () => {
  it('tells its own listener alone', () => {
    const [all, own]: ProgressEvent[][] = [[], []];
    const stop = onProgress((event) => all.push(event));
    const part = startProgress({ label: 'a part', total: 2, unit: 'step', quiet: true }, (event) =>
      own.push(event),
    );
    part.update(1);
    part.end(2);
    startProgress({ label: 'the whole', unit: 'step' }).end(1);
    stop();
    expect(own.map(({ phase, done }) => [phase, done])).toEqual([['start', 0], ['update', 1], ['end', 2]]); // prettier-ignore
    expect(new Set(all.map(({ label }) => label))).toEqual(new Set(['the whole']));
    expect(own[0]).not.toHaveProperty('quiet');
  });
});
