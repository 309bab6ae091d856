import { confusion } from '../../src/look/confusion';
import { difficulty } from '../../src/look/difficulty';
import { labelConfusion } from '../../src/look/label-confusion';
import { mostConfused } from '../../src/look/most-confused';
import { sliceByDifficulty } from '../../src/look/slice-by-difficulty';
import { topLosses } from '../../src/look/top-losses';
import { completePredictions } from '../../src/metrics/complete-predictions';
import { makePredictions } from '../../src/metrics/make-predictions';
import { wilsonInterval } from '../../src/stats/wilson-interval';
import { bundleOf } from '../../src/notebook/display/bundle-of';
import { deepFreeze } from '../data/freeze';
import { numberTable, twoClasses } from './some-predictions';

const LABEL = [1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0];
const PROBABILITIES = [
  [0.9, 0.2, 0.4], [0.1, 0.8, 0.3], [0.6, 0.7, 0.6], [0.2, 0.1, 0.05], [0.55, 0.9, 0.45], [0.3, 0.2, 0.1],
].flat(); // prettier-ignore
const sky = completePredictions({
  name: 'sky',
  task: 'multi-label',
  classes: ['rain', 'wind', 'fog'],
  ids: ['a', 'b', 'c', 'd', 'e', 'f'],
  label: deepFreeze(LABEL),
  predicted: deepFreeze(PROBABILITIES.map((p) => Number(p > 0.5))),
  probabilities: deepFreeze(PROBABILITIES),
  metadata: numberTable({ ink: [1, 2, 3, 4, 5, 6] }),
});

describe('labelConfusion', () => {
  it('counts each label by itself, as multilabel_confusion_matrix of scikit-learn 1.9.1 does', () => {
    const { labels, n } = labelConfusion(sky);
    expect(n).toBe(6);
    // [[neither, false alarms], [missed, found]] of each label.
    const tables = labels.map((r) => [[r.neither, r.falseAlarms], [r.missed, r.found]]); // prettier-ignore
    expect(tables).toEqual([
      [[2, 1], [1, 2]],
      [[3, 0], [0, 3]],
      [[3, 1], [2, 0]],
    ]); // prettier-ignore
    expect(labels.map(({ f1 }) => f1)).toEqual([2 / 3, 1, 0]);
    expect(labels.map(({ recall }) => recall)).toEqual([2 / 3, 1, 0]);
    expect(labels.map(({ precision }) => precision)).toEqual([2 / 3, 1, 0]);
    expect(labels[0].recallInterval).toEqual(wilsonInterval(2, 3));
  });

  it('leaves out examples whose output is not a number, and says so', () => {
    const output = Float32Array.from(PROBABILITIES);
    output[0] = NaN;
    const p = makePredictions('evaluate', { ...sky, output });
    const { n, labels, warnings } = labelConfusion(p);
    expect([n, labels[0].found]).toEqual([5, 1]);
    expect(warnings).toEqual([expect.objectContaining({ code: 'no-prediction', count: 1 })]);
  });

  it('is what confusion points to, and refuses other tasks', () => {
    expect(() => confusion(sky)).toThrow(
      'confusion: "predictions" must be of a classification task; these are of a multi-label task. Use labelConfusion',
    );
    expect(() => labelConfusion(twoClasses([0, 1]))).toThrow('must be of a multi-label task');
    expect(() => labelConfusion(null as never)).toThrow('must be predictions');
  });
});

describe('mostConfused', () => {
  it('pairs what was missed in an example with what was said falsely there', () => {
    // Example e has wind and fog, rain and wind are said: fog is taken for rain. Example a only misses, c only says too much.
    const { pairs, n } = mostConfused(sky);
    expect(n).toBe(6);
    expect(pairs).toMatchObject([
      { label: 'fog', predicted: 'rain', count: 1, rate: 0.5, interval: wilsonInterval(1, 2), indices: [4] },
    ]);
    const table = { kind: 'label-confusion' } as never;
    expect(() => mostConfused(table)).toThrow('must be predictions');
  });
});

describe('topLosses', () => {
  it('names the labels, and has the mean probability of what is true', () => {
    const { examples } = topLosses(sky, { limit: 6 });
    // Example e: 1 − 0.55, 0.9, 0.45; f: 0.3, 0.8, 0.9.
    expect(examples.find(({ id }) => id === 'e')).toMatchObject({
      label: 'wind, fog',
      predicted: 'rain, wind',
      confidence: expect.closeTo(0.6, 12),
    });
    expect(examples.find(({ id }) => id === 'd')).toMatchObject({ label: 'no label', predicted: 'no label' });
    expect(examples.map(({ loss }) => loss)).toEqual([...Array.from(sky.loss!)].sort((x, y) => y - x));
  });
});

describe('difficulty', () => {
  it('slices the share of examples with any label wrong', () => {
    // Right are b and d.
    const slices = sliceByDifficulty(sky, { by: { source: 'metadata', column: 'ink' }, bins: 2 });
    expect([slices.metric, slices.overall.errors]).toEqual(['error-rate', 4]);
    expect(slices.slices.map(({ errors }) => errors)).toEqual([2, 2]);
    expect(difficulty(sky, { source: 'own-loss' })).toMatchObject({ unit: 'nats', circular: true });
    const by = difficulty(sky, { source: 'reference-model', reference: { ...sky } });
    expect([by.unit, by.values[1]]).toEqual(['nats', sky.loss![1]]);
    expect(() => difficulty(sky, { source: 'reference-model', reference: twoClasses([0]) })).toThrow(
      'of a multi-label task',
    );
  });
});

describe('how labels look', () => {
  it('is said in words', async () => {
    const text = async (result: object): Promise<string> =>
      String((await bundleOf(result, { png: false }))['text/plain']);
    expect(await text(sky)).toContain('every label right (exact match)');
    expect(await text(labelConfusion(sky))).toContain('"fog" has most mistakes: 2 missed, 1 false alarm');
  });
});
