import type { RunLog } from '../../src/build/types';
import { difficulty } from '../../src/look/difficulty';
import type { DifficultyOptions } from '../../src/look/difficulty-options';
import { completePredictions } from '../../src/metrics/complete-predictions';
import { predictionsFrom } from '../../src/metrics/predictions-from';
import { twoClasses } from './some-predictions';

const p = twoClasses([0, 1, 0], { ink: [3, 9, NaN] });
const valuesOf = (options: DifficultyOptions): number[] => Array.from(difficulty(p, options).values);
const log = {
  kind: 'run-log',
  task: 'classification',
  examples: { n: 3, ids: ['2', '0', '9'], seen: [4, 2, 1], lossSum: [2, 3, 9] },
} as unknown as RunLog;

describe('difficulty', () => {
  it('takes a metadata column, either way round', () => {
    expect(valuesOf({ source: 'metadata', column: 'ink' })).toEqual([3, 9, NaN]);
    const reversed = difficulty(p, { source: 'metadata', column: 'ink', higherIsHarder: false, unit: 'mm' });
    expect(Array.from(reversed.values)).toEqual([-3, -9, NaN]);
    expect(reversed).toMatchObject({ title: '−ink', unit: 'mm', missing: 1, circular: false });
    expect(reversed.warnings).toMatchObject([{ code: 'missing-difficulty', count: 1 }]);
  });

  it('takes nulls of a column as unknown', () => {
    const rows = [
      { y: 'a', p: 'a', ink: 1 },
      { y: 'a', p: 'a', ink: null },
    ];
    const read = predictionsFrom(rows, { label: 'y', predicted: 'p' });
    expect(Array.from(difficulty(read, { source: 'metadata', column: 'ink' }).values)).toEqual([1, NaN]);
  });

  it('takes what people found', () => {
    expect(valuesOf({ source: 'human', values: Object.freeze([2, 1, 0]) as number[] })).toEqual([2, 1, 0]);
    expect(valuesOf({ source: 'human', column: 'ink' })).toEqual([3, 9, NaN]);
    expect(() => valuesOf({ source: 'human' })).toThrow('and only one of them');
    expect(() => valuesOf({ source: 'human', values: [1] })).toThrow('predictions has 3, values has 1');
  });

  it('matches a reference model by id', () => {
    const reference = completePredictions({ ...twoClasses([1, 0]), ids: ['2', '0'] });
    const [first, second, third] = valuesOf({ source: 'reference-model', reference });
    // ids 0 and 2 are rows 1 and 0 of the reference: −ln 0.5 and −ln 0.25
    expect([first, third]).toEqual([expect.closeTo(Math.log(2), 12), expect.closeTo(Math.log(4), 12)]);
    expect(second).toBeNaN();
    const hard = { ...reference, loss: null };
    expect(valuesOf({ source: 'reference-model', reference: hard })).toEqual([0, NaN, 1]);
    expect(difficulty(p, { source: 'reference-model', reference: p }).circular).toBe(true);
  });

  it('takes the mean loss of a training, from a run or its log', () => {
    expect(valuesOf({ source: 'training-dynamics', log })).toEqual([1.5, NaN, 0.5]);
    expect(valuesOf({ source: 'training-dynamics', log: { log } })).toEqual([1.5, NaN, 0.5]);
    expect(difficulty(p, { source: 'training-dynamics', log, ofThisModel: true }).circular).toBe(true);
    const bare = { ...log, examples: null };
    expect(() => valuesOf({ source: 'training-dynamics', log: bare })).toThrow('Train with fit');
    expect(() => valuesOf({ source: 'training-dynamics', log: {} as never })).toThrow('be a run or its log');
  });

  it('says that own loss is circular', () => {
    const own = difficulty(p, { source: 'own-loss' });
    expect(own.values[1]).toBeCloseTo(Math.log(4), 12);
    expect(own).toMatchObject({ circular: true, unit: 'nats' });
    expect(own.warnings).toMatchObject([{ code: 'circular' }]);
    expect(() => difficulty({ ...p, loss: null }, { source: 'own-loss' })).toThrow('use another source');
  });

  it('refuses what cannot be used, naming what was meant', () => {
    const text = predictionsFrom([{ y: 'a', p: 'a', hand: 'left' }], { label: 'y', predicted: 'p' });
    expect(() => difficulty(text, { source: 'metadata', column: 'hand' })).toThrow('"hand" holds strings');
    expect(() => valuesOf({ source: 'metadata', column: 'inc' })).toThrow('Did you mean "ink"?');
    expect(() => valuesOf({ source: 'metadat' } as never)).toThrow('Did you mean "metadata"?');
    expect(() => valuesOf({ source: 'own-loss', column: 'ink' } as never)).toThrow('be one of its options');
    expect(() => difficulty(twoClasses([0]), { source: 'metadata', column: 'ink' })).toThrow(
      'there are none',
    );
    expect(() => valuesOf({ source: 'human', values: [NaN, NaN, NaN] })).toThrow('at least one example');
    const other = completePredictions({ ...twoClasses([0]), ids: ['z'] });
    expect(() => valuesOf({ source: 'reference-model', reference: other })).toThrow('share ids');
    const twice = completePredictions({ ...twoClasses([0, 0]), ids: ['0', '0'] });
    expect(() => valuesOf({ source: 'reference-model', reference: twice })).toThrow('each id once');
  });
});
