import { quantileBins } from '../../src/look/difficulty-bins';
import { sliceLabels } from '../../src/look/slice-labels';

const labels = (values: number[], bins: number, title = 'ink'): readonly string[] =>
  sliceLabels(quantileBins(values, bins), title);

describe('sliceLabels', () => {
  it('says the place and the range in three digits', () => {
    expect(labels([0.12345, 0.5, 1.23456, 2.5, 3.14159, 7.77777], 3)).toEqual([
      'easiest third, ink ≤ 0.5',
      'middle third, ink 1.23–2.5',
      'hardest third, ink ≥ 3.14',
    ]);
  });

  it('takes a fourth digit where three would make neighbours meet', () => {
    expect(labels([1.1, 2.341, 2.344, 9.9], 2)).toEqual([
      'easiest half, ink ≤ 2.341',
      'hardest half, ink ≥ 2.344',
    ]);
  });

  it('does not run into long numbers where values lie close together', () => {
    expect(labels([0.1, 0.1997511, 0.1997512, 0.9], 2)).toEqual([
      'easiest half, ink ≤ 0.2',
      'hardest half, ink ≥ 0.2',
    ]);
  });

  it('takes as many digits as a bin far from 0 needs to have a width', () => {
    expect(labels([1000.001, 1000.002, 1000.003, 1000.004, 1000.005, 1000.006], 3)[1]).toBe(
      'middle third, ink 1000.003–1000.004',
    );
  });

  it('shows whole numbers in full', () => {
    expect(labels([12345, 12346, 12347, 12348], 2)).toEqual([
      'easiest half, ink ≤ 12346',
      'hardest half, ink ≥ 12347',
    ]);
  });

  it('turns a reversed column round and shows negative numbers with a true minus', () => {
    expect(labels([-4, -3, -2, -1], 2, '−ink')).toEqual(['easiest half, ink ≥ 3', 'hardest half, ink ≤ 2']);
    expect(labels([-4, -3, -2, -1], 2)).toEqual(['easiest half, ink ≤ −3', 'hardest half, ink ≥ −2']);
  });

  it('speaks of groups where there is no word for the share', () => {
    expect(labels([1, 2, 3, 4, 5, 6, 7], 7).slice(0, 2)).toEqual([
      'easiest group, ink = 1',
      'group 2 of 7, ink = 2',
    ]);
  });
});
