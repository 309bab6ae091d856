import { predictionsFrom, type PredictionsFromOptions } from '../../src/metrics/predictions-from';

const rows = Object.freeze([
  { id: 'u', y: 'cat', p: 'cat', p_car: 0.25, p_cat: 0.75, ink: 4 },
  { id: 'v', y: 'car', p: 'cat', p_car: 0.25, p_cat: 0.75, ink: null },
]);

describe('predictionsFrom', () => {
  it('reads classes, probabilities, ids and keeps the other columns', () => {
    const p = predictionsFrom(rows, { label: 'y', predicted: 'p', probabilities: 'p_', id: 'id' });
    expect(p.classes).toEqual(['car', 'cat']);
    expect(Array.from(p.label)).toEqual([1, 0]);
    expect(Array.from(p.predicted)).toEqual([1, 1]);
    expect(Array.from(p.probabilities!)).toEqual([0.25, 0.75, 0.25, 0.75]);
    expect(p.loss![0]).toBeCloseTo(-Math.log(0.75), 12);
    expect(p.loss![1]).toBeCloseTo(-Math.log(0.25), 12);
    expect(p.ids).toEqual(['u', 'v']);
    expect(p.metadata.names).toEqual(['ink']);
    expect(p.metadata.columns.ink).toMatchObject({ type: 'number', valid: new Uint8Array([1, 0]) });
    expect(p.metrics[0]).toMatchObject({ metric: 'accuracy', value: 0.5, n: 2 });
  });

  it('tells classes from listed columns, in their order, whatever beginning they share', () => {
    const p = predictionsFrom(rows, { label: 'y', probabilities: ['p_cat', 'p_car'] });
    expect(p.classes).toEqual(['cat', 'car']);
    expect(Array.from(p.probabilities!)).toEqual([0.75, 0.25, 0.75, 0.25]);
    expect(Array.from(p.predicted)).toEqual([0, 0]);
  });

  it('knows no loss from predicted classes alone', () => {
    const p = predictionsFrom({ y: ['b', 'a', 'b'], p: ['b', 'b', 'b'] }, { label: 'y', predicted: 'p' });
    expect(p.probabilities).toBeNull();
    expect(p.loss).toBeNull();
    expect(p.ids).toEqual(['0', '1', '2']);
    expect(p.classes).toEqual(['a', 'b']);
    expect(p.metrics.map((m) => m.metric)).toEqual(['accuracy', 'errorRate']);
  });

  it('sorts classes that are numbers by size and takes truth values', () => {
    const numeric = predictionsFrom(
      { y: [10, 9], p: [9, 9] },
      { label: 'y', predicted: 'p', task: 'classification' },
    );
    expect(numeric.classes).toEqual(['9', '10']);
    const truth = predictionsFrom({ y: [true, false], p: [true, true] }, { label: 'y', predicted: 'p' });
    expect(Array.from(truth.correct)).toEqual([1, 0]);
  });

  it('reads values for regression', () => {
    const p = predictionsFrom({ y: [1.5, 2], p: [1, 4] }, { label: 'y', predicted: 'p' });
    expect(p.task).toBe('regression');
    expect(Array.from(p.loss!)).toEqual([0.25, 4]);
  });

  it('says how often the predicted class is not the likeliest', () => {
    const table = { y: ['a', 'b'], p: ['a', 'a'], q_a: [0.5, 0.25], q_b: [0.5, 0.75] };
    const p = predictionsFrom(table, { label: 'y', predicted: 'p', probabilities: 'q_' });
    expect(p.warnings).toMatchObject([{ code: 'not-the-likeliest', count: 1 }]);
  });

  const both: PredictionsFromOptions = { label: 'y', predicted: 'p' };
  const cases: readonly [string, unknown, object, string, string][] = [
    ['a column that is not there', rows, { ...both, label: 'Y1' }, 'missing', 'Did you mean "y"?'],
    ['a misspelt option', rows, { ...both, prediction: 'p' }, 'unknown-option', 'Did you mean "predicted"?'],
    ['no label', rows, { predicted: 'p' }, 'invalid-type', 'Name the column of the true classes'],
    ['neither prediction nor probabilities', rows, { label: 'y' }, 'invalid-type', 'or give probabilities'],
    ['no rows', [], both, 'empty', 'at least one row'],
    ['no table', 7, both, 'invalid-type', 'be a table'],
    ['columns of two lengths', { y: ['a'], p: ['a', 'b'] }, both, 'length-mismatch', 'y has 1, p has 2'],
    ['a column of two kinds', { y: ['a', 1], p: ['a', 'b'] }, both, 'invalid-type', 'string and numbers'],
    [
      'labels outside the classes',
      { y: ['a', 'x', 'x'], p: ['a', 'b', 'a'] },
      { ...both, classes: ['a', 'b'] },
      'unknown-name',
      'column "y" is not in 2 (rows 2, 3); got "x"',
    ],
    [
      'a null label',
      { y: ['a', null], p: ['a', 'a'] },
      both,
      'non-finite',
      'column "y" is empty or not a number in 1 (row 2)',
    ],
    ['a NaN value', { y: [0.5, 1], p: [NaN, 1] }, both, 'non-finite', 'column "p"'],
    [
      'whole numbers of unknown task',
      { y: [0, 1], p: [1, 1] },
      both,
      'missing',
      '"classification" or "regression"',
    ],
    [
      'probabilities that do not sum to 1',
      { y: ['a', 'b'], q_a: [0.5, 0.5], q_b: [0.5, 0.4] },
      { label: 'y', probabilities: 'q_' },
      'out-of-range',
      '1 of 2 do not (row 2); got 0.9',
    ],
    [
      'probabilities outside 0 to 1',
      { y: ['a'], q_a: [1.5], q_b: [-0.5] },
      { label: 'y', probabilities: 'q_' },
      'out-of-range',
      'column "q_a" does not in 1 (row 1); got 1.5',
    ],
    [
      'probabilities of text',
      { y: ['a'], q_a: ['x'], q_b: ['y'] },
      { label: 'y', probabilities: 'q_' },
      'invalid-type',
      'holds strings',
    ],
    [
      'columns that do not tell their class',
      { y: ['a', 'b'], one: [0.5, 0.5], two: [0.5, 0.5] },
      { label: 'y', probabilities: ['one', 'two'] },
      'missing',
      'in the order of the columns one, two',
    ],
    [
      'too few classes',
      { y: ['a', 'b'], one: [0.5, 0.5], two: [0.5, 0.5] },
      { label: 'y', probabilities: ['one', 'two'], classes: ['a'] },
      'length-mismatch',
      'classes has 1, probabilities has 2',
    ],
    ['a prefix of nothing', rows, { label: 'y', probabilities: 'z_' }, 'missing', 'at least two columns'],
    [
      'repeated ids',
      { y: ['a', 'a'], p: ['a', 'a'], i: [7, 7] },
      { ...both, id: 'i' },
      'out-of-range',
      '(row 2); got "7"',
    ],
    ['metadata that is not there', rows, { ...both, metadata: ['inc'] }, 'missing', 'Did you mean "ink"?'],
    [
      'classes of a regression',
      rows,
      { ...both, task: 'regression', classes: ['a'] },
      'unsupported',
      'left out',
    ],
  ];
  it.each(cases)('refuses %s', (_name, table, options, code, message) => {
    const call = (): unknown => predictionsFrom(table, options as PredictionsFromOptions);
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name: 'InputError', code, fn: 'predictionsFrom' }));
  });
});
