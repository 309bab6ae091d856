import fc from 'fast-check';
import type { CellRunner } from '../../../src/notebook/kernel/cell-runner';
import { toCodePoints, toUtf16 } from '../../../src/notebook/kernel/code-points';
import {
  completeReply,
  historyReply,
  inspectReply,
  isCompleteReply,
} from '../../../src/notebook/kernel/requests';

/** A runner that remembers the positions it was asked for. */
function runnerOf(parts: Partial<CellRunner>): CellRunner {
  return parts as CellRunner;
}

describe('code points', () => {
  it('counts an astral character once, in UTF-16 twice', () => {
    // "a😀b": units a 0, 😀 1–2, b 3; code points a 0, 😀 1, b 2.
    expect([0, 1, 2, 3, 9].map((n) => toUtf16('a😀b', n))).toEqual([0, 1, 3, 4, 4]);
    expect([0, 1, 3, 4].map((n) => toCodePoints('a😀b', n))).toEqual([0, 1, 2, 3]);
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(60), (text, n) => {
        const points = Math.min(n, [...text].length);
        expect(toCodePoints(text, toUtf16(text, points))).toBe(points);
      }),
    );
  });
});

describe('completeReply', () => {
  it('turns positions into UTF-16 units and back', () => {
    // "'😀'; fi" has 7 code points and 8 units; "fi" stands at code points 5–7, at units 6–8.
    const asked: number[] = [];
    const runner = runnerOf({
      complete(_, position) {
        asked.push(position);
        return { start: 6, end: 8, candidates: ['fit', 'find'] };
      },
    });
    const reply = completeReply(runner, { code: "'😀'; fi", cursor_pos: 7 });
    expect(asked).toEqual([8]);
    expect(reply).toEqual({
      status: 'ok',
      matches: ['fit', 'find'],
      cursor_start: 5,
      cursor_end: 7,
      metadata: {},
    });
  });

  it('stands at the cursor when nothing fits, and at the end without one', () => {
    const runner = runnerOf({ complete: () => undefined });
    expect(completeReply(runner, { code: '😀x', cursor_pos: 1 })).toMatchObject({
      matches: [],
      cursor_start: 1,
      cursor_end: 1,
    });
    expect(completeReply(runner, { code: '😀x' })).toMatchObject({ cursor_start: 2, cursor_end: 2 });
  });
});

describe('inspectReply', () => {
  const knownAt = (known: number): { readonly runner: CellRunner; readonly asked: number[] } => {
    const asked: number[] = [];
    const inspect = (_: string, position: number): string | undefined => {
      asked.push(position);
      return position === known ? 'fit: …' : undefined;
    };
    return { asked, runner: runnerOf({ inspect }) };
  };

  it('tells what stands at the cursor, else just before it', () => {
    const found = { status: 'ok', found: true, data: { 'text/plain': 'fit: …' }, metadata: {} };
    const at = knownAt(2);
    expect(inspectReply(at.runner, { code: '😀fit', cursor_pos: 1 })).toEqual(found);
    const before = knownAt(4);
    expect(inspectReply(before.runner, { code: '😀fit(', cursor_pos: 4 })).toEqual(found);
    expect([at.asked, before.asked]).toEqual([[2], [5, 4]]);
  });

  it('finds nothing where nothing is, and looks not before the start', () => {
    const nothing = knownAt(-1);
    const reply = { status: 'ok', found: false, data: {}, metadata: {} };
    expect(inspectReply(nothing.runner, { code: 'x', cursor_pos: 0 })).toEqual(reply);
    expect(nothing.asked).toEqual([0]);
  });
});

describe('isCompleteReply', () => {
  it('gives the indent only where more is to come', () => {
    const answer = (complete: boolean): CellRunner =>
      runnerOf({ isComplete: () => ({ complete, indent: '  ' }) });
    expect(isCompleteReply(answer(true), { code: '1' })).toEqual({ status: 'complete' });
    expect(isCompleteReply(answer(false), { code: '{' })).toEqual({ status: 'incomplete', indent: '  ' });
  });
});

describe('historyReply', () => {
  const cells = ['let a = 1', 'a + 1', 'fit(a)', 'a + 1', 'b.c[0]\nd'];
  const history = Object.freeze(cells.map((source, i) => [0, i + 1, source] as const));
  const lines = (request: object): unknown[] =>
    (historyReply(history, request as never).history as [number, number, string][]).map(([, line]) => line);

  it('gives a range, its end left out', () => {
    expect(lines({ hist_access_type: 'range', session: 0, start: 2, stop: 4 })).toEqual([2, 3]);
    expect(lines({ hist_access_type: 'range', start: 4 })).toEqual([4, 5]);
    expect(lines({ hist_access_type: 'range', start: 0, stop: 3 })).toEqual([1, 2]);
    expect(lines({ hist_access_type: 'range' })).toEqual([1, 2, 3, 4, 5]);
  });

  it('knows no other session', () => {
    expect(lines({ hist_access_type: 'range', session: -1, start: 1 })).toEqual([]);
  });

  it('gives the tail', () => {
    expect(lines({ hist_access_type: 'tail', n: 2 })).toEqual([4, 5]);
    expect(lines({ hist_access_type: 'tail', n: 99 })).toEqual([1, 2, 3, 4, 5]);
  });

  it('searches by a glob over the whole cell, over lines too', () => {
    expect(lines({ hist_access_type: 'search', pattern: '*a*' })).toEqual([1, 2, 3, 4]);
    expect(lines({ hist_access_type: 'search', pattern: 'a ? 1' })).toEqual([2, 4]);
    expect(lines({ hist_access_type: 'search', pattern: 'b.c[0]*' })).toEqual([5]);
    expect(lines({ hist_access_type: 'search', pattern: 'a + 1', unique: true })).toEqual([4]);
    expect(lines({ hist_access_type: 'search', pattern: '*', n: 1 })).toEqual([5]);
    expect(lines({ hist_access_type: 'search', pattern: 'fit' })).toEqual([]);
  });

  it('pairs a cell with its output when asked for it', () => {
    expect(historyReply(history, { hist_access_type: 'tail', n: 1, output: true })).toEqual({
      status: 'ok',
      history: [[0, 5, ['b.c[0]\nd', null]]],
    });
  });
});
