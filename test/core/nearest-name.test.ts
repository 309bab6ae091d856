import { nearestName } from '../../src/core/nearest-name';

describe('nearestName', () => {
  it.each([
    ['epoch', 'epochs'], // one letter short
    ['BatchSize', 'batchSize'], // case does not count
    ['lerningRate', 'learningRate'], // one letter missing
    ['epcohs', 'epochs'], // neighbours swapped
    ['zzz', undefined],
  ])('%s → %s', (given, expected) => {
    expect(nearestName(given, ['epochs', 'batchSize', 'learningRate'])).toBe(expected);
  });
});
