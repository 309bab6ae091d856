import { confusion } from '../../src/look/confusion';
import { mostConfused } from '../../src/look/most-confused';
import { topLosses } from '../../src/look/top-losses';
import { completePredictions } from '../../src/metrics/complete-predictions';
import { predictionsFrom } from '../../src/metrics/predictions-from';
import { wilsonInterval } from '../../src/stats/wilson-interval';
import { numberTable, twoClasses } from './some-predictions';

const y = ['a', 'a', 'a', 'b', 'b', 'c'];
const p = ['a', 'b', 'b', 'c', 'b', 'a'];
const three = predictionsFrom({ y, p }, { label: 'y', predicted: 'p' });
const values = completePredictions({
  name: 'm',
  task: 'regression',
  classes: [],
  ids: ['u', 'v', 'w'],
  label: [1, 2, 3],
  predicted: [1.5, 5, NaN],
  probabilities: null,
  metadata: numberTable({}),
});

describe('confusion', () => {
  it('counts label by predicted', () => {
    expect(confusion(three).counts).toEqual([
      [1, 2, 0],
      [0, 1, 1],
      [1, 0, 0],
    ]);
    expect(confusion(three).n).toBe(6);
  });

  it('leaves out examples without a predicted class, and says so', () => {
    const result = confusion({ ...three, predicted: [-1, 1, 1, 2, 1, 0] });
    expect(result.n).toBe(5);
    expect(result.warnings).toMatchObject([{ code: 'no-prediction', count: 1 }]);
  });

  it('refuses regression', () => {
    expect(() => confusion(values)).toThrow('must be of a classification task');
  });
});

describe('mostConfused', () => {
  it('sorts by count, then by rate', () => {
    const { pairs } = mostConfused(three);
    expect(pairs.map((x) => [x.label, x.predicted, x.count, x.rate, x.indices])).toEqual([
      ['a', 'b', 2, 2 / 3, [1, 2]],
      ['c', 'a', 1, 1, [5]],
      ['b', 'c', 1, 0.5, [3]],
    ]);
    expect(pairs[0].interval).toEqual(wilsonInterval(2, 3));
  });

  it('takes a confusion, a limit and a least count', () => {
    const fromTable = mostConfused(confusion(three), { limit: 1 });
    expect(fromTable.pairs).toHaveLength(1);
    expect(fromTable.pairs[0].indices).toEqual([]);
    expect(mostConfused(three, { minCount: 2 }).pairs).toHaveLength(1);
    expect(() => mostConfused(three, { limit: 0 })).toThrow('"limit" must be an integer ≥ 1; got 0');
    expect(() => mostConfused(three, { min: 2 } as never)).toThrow('be one of its options');
  });
});

describe('topLosses', () => {
  it('lists the worst first, equal ones in order, with the probability of the truth', () => {
    const result = topLosses(twoClasses([0, 1, 0, 1]), { limit: 3 });
    expect(result.examples.map((e) => [e.index, e.predicted, e.confidence])).toEqual([
      [1, 'b', 0.25],
      [3, 'b', 0.25],
      [0, 'a', 0.5],
    ]);
    expect(result.examples[0].loss).toBeCloseTo(Math.log(4), 12);
  });

  it('shows numbers for regression and leaves out losses that are not numbers', () => {
    expect(topLosses(values).examples).toEqual([
      { index: 1, id: 'v', loss: 9, label: '2', predicted: '5', confidence: NaN },
      { index: 0, id: 'u', loss: 0.25, label: '1', predicted: '1.5', confidence: NaN },
    ]);
  });

  it('refuses predictions without a loss and says what to do', () => {
    expect(() => topLosses(three)).toThrow('Give probabilities to predictionsFrom');
  });

  it('gives the same from predictions that were written down and read again', () => {
    const again = JSON.parse(JSON.stringify(values));
    expect(topLosses(again).examples).toEqual(topLosses(values).examples);
  });
});
