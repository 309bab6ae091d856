import { InputError } from '../../src/core/input-error';
import { random } from '../../src/core/random';
import { dataset } from '../../src/data/dataset';
import { takeExamples } from '../../src/data/take-examples';
import type { Dataset } from '../../src/data/types';
import { DATA_CHECKS } from '../../src/suspect/checks';
import { inspectDataset } from '../../src/suspect/inspect-dataset';
import { tensors } from '../build/helpers';

const NAMES = ['a', 'b', 'c', 'd'];

/** Four standard columns; the label is the sign of the first two with a little noise, so that no column alone tells it. */
function healthy(
  n: number,
  seed: number,
  change: (row: number[], label: number, i: number) => number[] = (row) => row,
): Dataset {
  const stream = random(seed);
  const rows = Array.from({ length: n }, () => NAMES.map(() => stream.normal()));
  const labels = rows.map(([a, b]) => Number(a + b + 0.5 * stream.normal() > 0));
  const features = rows.map((row, i) => change(row, labels[i], i));
  const featureNames = [...NAMES, 'e'].slice(0, features[0].length);
  return dataset({ name: 'made', features, labels, classes: ['no', 'yes'], featureNames });
}
const TRAIN = healthy(400, 1);
const VALIDATION = healthy(200, 2);

const told = (train: Dataset, validation?: Dataset): readonly (readonly [string, string | undefined])[] =>
  inspectDataset(train, { validation }).findings.map(({ code, where }) => [code, where.column]);

/** The same with a value that is not a number, as arithmetic may leave it behind. */
function withNaN(data: Dataset, row: number, column: number): Dataset {
  const values = data.features.values.slice();
  values[row * NAMES.length + column] = NaN;
  return { ...data, features: { ...data.features, values } };
}

describe('inspectDataset', () => {
  it('finds nothing in healthy data, with all checks of the data and no others', () => {
    const report = inspectDataset(TRAIN, { validation: VALIDATION });
    expect(report.findings).toEqual([]);
    expect(report.outcomes.map(({ check }) => check)).toEqual(DATA_CHECKS.map(({ id }) => id));
    expect(report.outcomes.map(({ status }) => status)).toEqual(DATA_CHECKS.map(() => 'nothing-found'));
    expect(report.summary).toBe('made: nothing looks strange to 9 checks.');
  });

  it('needs no validation data', () => {
    const { outcomes } = inspectDataset(TRAIN);
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ check }) => check)).toEqual([
      'split',
    ]);
  });

  it.each([
    ['a value that is no number', withNaN(TRAIN, 7, 2), [['missing-input', 'c']]],
    ['a constant column', healthy(400, 1, ([a, b, c]) => [a, b, c, 3]), [['constant-column', 'd']]],
    ['all columns constant', healthy(400, 1, () => [1, 2, 3, 4]), [['constant-input', undefined]]],
    ['a column of hundreds', healthy(400, 1, ([a, b, c, d]) => [a, 500 * b, c, d]), [['input-scale', 'b']]],
    [
      'a copy on another scale',
      healthy(400, 1, ([a, b, c, d]) => [a, b, c, d, 2 * c + 1]),
      [['duplicate-column', 'e']],
    ],
    [
      'the label among the columns',
      healthy(400, 1, ([a, b, c], label) => [a, b, c, label]),
      [['column-gives-label-away', 'd']],
    ],
  ])('finds %s', (_words, train, expected) => {
    expect(told(train)).toEqual(expected);
  });

  it('finds numbers that stand for missing ones', () => {
    const train = healthy(400, 1, ([a, b, c, d], _label, i) => [a, i % 20 === 0 ? -999 : b, c, d]);
    const { findings } = inspectDataset(train);
    expect(findings.map(({ code, where }) => [code, where.column])).toEqual(
      expect.arrayContaining([['sentinel-input', 'b']]),
    );
    const [{ evidence }] = findings.filter(({ code }) => code === 'sentinel-input');
    expect([evidence.value, evidence.count]).toEqual([-999, 20]);
  });

  it.each([
    [
      'columns that have changed places',
      healthy(200, 2, ([a, b, c, d]) => [b * 3 + 4, a, c, d]),
      'scale-differs',
    ],
    ['another scale', healthy(200, 2, ([a, b, c, d]) => [a, b, 5 * c, d]), 'scale-differs'],
    ['another shape', healthy(200, 2, ([a, b, c, d]) => [a, b, c, Math.sign(d)]), 'distribution-differs'],
    ['columns that go together', healthy(200, 2, ([a, b, , d]) => [a, b, d, d]), 'distribution-differs'],
    [
      'copies',
      takeExamples(
        TRAIN,
        Array.from({ length: 100 }, (_, i) => 3 * i),
      ),
      'validation-in-train',
    ],
    ['the same', TRAIN, 'validation-in-train'],
  ])('finds validation examples that have %s', (_words, validation, code) => {
    expect(told(TRAIN, validation).map(([one]) => one)).toContain(code);
  });

  it('finds a class that lacks and shares that differ', () => {
    const rows = Array.from(TRAIN.labels.keys());
    const of = (label: number): number[] => rows.filter((row) => TRAIN.labels[row] === label);
    const only = takeExamples(TRAIN, of(1));
    expect(told(only).map(([code]) => code)).toContain('class-missing-in-training');
    const few = takeExamples(VALIDATION, Array.from(VALIDATION.labels.keys()).filter((row, i) => VALIDATION.labels[row] === 1 || i % 5 === 0)); // prettier-ignore
    expect(told(TRAIN, few).map(([code]) => code)).toContain('class-shares-differ');
  });

  it('knows of several labels and of values what can be known', () => {
    const features = Array.from({ length: 60 }, (_, i) => [Math.sin(7 * i), Math.cos(3 * i)]);
    const several = dataset({ features, labels: features.map(([a, b]) => [Number(a > 0), Number(b > 0)]), task: 'multi-label', classes: ['x', 'y'] }); // prettier-ignore
    expect(told(several)).toEqual([]);
    const far = dataset({ features, labels: features.map(([a]) => 1000 + a), task: 'regression' });
    expect(told(far).map(([code]) => code)).toContain('target-off-centre');
  });

  it('has nothing to confirm with, and says so', async () => {
    const [finding] = inspectDataset(withNaN(TRAIN, 0, 0)).findings;
    await expect(finding.confirm()).rejects.toThrow('confirm');
  });

  it('changes nothing, and makes no tensors', async () => {
    const before = await tensors();
    const data = Object.freeze({ ...TRAIN, features: Object.freeze({ ...TRAIN.features }) });
    const bits = Array.from(data.features.values);
    inspectDataset(data, Object.freeze({ validation: VALIDATION }));
    expect(Array.from(data.features.values)).toEqual(bits);
    expect(await tensors()).toBe(before);
  });

  it.each([
    [() => inspectDataset(undefined as never), 'invalid-type', 'train'],
    [() => inspectDataset(null as never), 'invalid-type', 'train'],
    [() => inspectDataset([1, 2] as never), 'invalid-type', 'train'],
    [() => inspectDataset(TRAIN, { validation: {} as never }), 'invalid-type', 'validation'],
    [() => inspectDataset(TRAIN, { level: 1 }), 'out-of-range', 'level'],
    [() => inspectDataset(TRAIN, { validations: VALIDATION } as never), 'unknown-option', undefined],
  ])('refuses %s with %s', (call, code, param) => {
    let thrown: unknown;
    try {
      call();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InputError);
    expect(thrown).toMatchObject({ code, fn: 'inspectDataset', ...(param && { param }) });
  });
});
