import { createInterrupts, GRACE_MS, type Interrupts } from '../../../src/notebook/kernel/interrupts';

let forced = 0;
let interrupts: Interrupts;
beforeEach(() => {
  jest.useFakeTimers();
  forced = 0;
  interrupts = createInterrupts(() => forced++);
});
afterEach(() => jest.useRealTimers());

describe('createInterrupts', () => {
  it('does nothing when no cell runs, before the first and after the last', () => {
    interrupts.interrupt();
    expect(interrupts.signal()).toBeUndefined();
    interrupts.begin();
    interrupts.end();
    interrupts.interrupt();
    jest.advanceTimersByTime(GRACE_MS * 2);
    expect([forced, interrupts.signal()]).toEqual([0, undefined]);
  });

  it('forces at once where nobody asked for the signal', () => {
    interrupts.begin();
    interrupts.interrupt();
    expect(forced).toBe(1);
  });

  it('asks first where the work stops by itself, and forces after the grace', () => {
    interrupts.begin();
    const signal = interrupts.signal()!;
    expect(signal.aborted).toBe(false);
    interrupts.interrupt();
    expect(signal.aborted).toBe(true);
    expect((signal.reason as Error).message).toBe('The cell was stopped.');
    jest.advanceTimersByTime(GRACE_MS - 1);
    expect(forced).toBe(0);
    jest.advanceTimersByTime(1);
    expect(forced).toBe(1);
  });

  it('leaves work alone that has ended within the grace', () => {
    interrupts.begin();
    interrupts.signal();
    interrupts.interrupt();
    interrupts.end();
    jest.advanceTimersByTime(GRACE_MS * 2);
    expect(forced).toBe(0);
  });

  it('forces at the second interrupt, and then no third time by itself', () => {
    interrupts.begin();
    interrupts.signal();
    interrupts.interrupt();
    interrupts.interrupt();
    expect(forced).toBe(1);
    jest.advanceTimersByTime(GRACE_MS * 2);
    expect(forced).toBe(1);
  });

  it('gives every cell a signal of its own, and forgets who asked', () => {
    interrupts.begin();
    const first = interrupts.signal()!;
    interrupts.interrupt();
    interrupts.end();
    interrupts.begin();
    interrupts.interrupt();
    expect(forced).toBe(1);
    const second = interrupts.signal()!;
    expect(second).not.toBe(first);
  });

  it('tells a late asker that the cell is being stopped', () => {
    interrupts.begin();
    interrupts.interrupt();
    expect(interrupts.signal()!.aborted).toBe(true);
  });
});
