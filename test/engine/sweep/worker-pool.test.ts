import { lendPool } from '../../../src/engine/sweep/worker-pool';
import { ensureBuilt } from '../../ensure-built';

beforeAll(() => ensureBuilt(), 150_000);

describe('a pool of workers', () => {
  afterEach(() => jest.useRealTimers());

  test('waits for the next run of its size; one more than that is ended', async () => {
    const first = lendPool(1, {});
    const second = lendPool(1, {});
    expect(second.pool).not.toBe(first.pool);
    const ended = jest.spyOn(second.pool, 'destroy');
    await first.giveBack();
    await second.giveBack();
    expect(ended).toHaveBeenCalledTimes(1);
    const other = lendPool(2, {});
    expect(other.pool).not.toBe(first.pool);
    const again = lendPool(1, {});
    expect(again.pool).toBe(first.pool);
    await Promise.all([other.pool.destroy(), again.pool.destroy()]);
  });

  test('is ended when nobody has asked for it in ten seconds', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
    const { pool, giveBack } = lendPool(3, {});
    await giveBack();
    const ended = jest.spyOn(pool, 'destroy');
    jest.advanceTimersByTime(9_000);
    expect(ended).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1_000);
    expect(ended).toHaveBeenCalledTimes(1);
    await ended.mock.results[0].value;
    const next = lendPool(3, {});
    expect(next.pool).not.toBe(pool);
    await next.pool.destroy();
  });

  test('with limits of its own is not kept', async () => {
    const { pool, giveBack } = lendPool(1, { resourceLimits: { maxOldGenerationSizeMb: 64 } });
    const ended = jest.spyOn(pool, 'destroy');
    await giveBack();
    expect(ended).toHaveBeenCalledTimes(1);
  });
});
