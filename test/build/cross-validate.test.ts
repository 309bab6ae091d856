import { crossValidate } from '../../src/build/cross-validate';
import { evaluate } from '../../src/build/evaluate';
import { fit } from '../../src/build/fit';
import { dataset } from '../../src/data/dataset';
import { datasets } from '../../src/data/datasets';
import { foldRows } from '../../src/data/fold-rows';
import { table } from '../../src/data/table';
import { takeExamples } from '../../src/data/take-examples';
import { withMetadata } from '../../src/data/with-metadata';
import type { BuildModel } from '../../src/build/build-model';
import { labelIssues } from '../../src/look/labels/label-issues';

const linear: BuildModel = ({ tf, inputShape, units }) =>
  tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] });

describe('foldRows', () => {
  it('deals every row once, in sizes and class shares that differ by one at most', () => {
    const labels = Array.from({ length: 103 }, (_, i) => (i % 10 === 0 ? 'rare' : 'usual'));
    const data = dataset({ features: labels.map((_, i) => [i]), labels });
    const folds = foldRows(data, 5, 1);
    expect(folds.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 103 }, (_, i) => i));
    expect(folds.map((rows) => rows.length).sort()).toEqual([20, 20, 21, 21, 21]);
    // 11 rare ones in 5 folds.
    expect(folds.map((rows) => rows.filter((i) => i % 10 === 0).length).sort()).toEqual([2, 2, 2, 2, 3]);
    expect(foldRows(data, 5, 1)).toEqual(folds);
    expect(foldRows(data, 5, 2)).not.toEqual(folds);
  });

  it('keeps groups together', () => {
    const data = dataset({
      features: Array.from({ length: 30 }, (_, i) => [i]),
      labels: new Float64Array(30),
    });
    const folds = foldRows(data, 3, 0, (row) => row >> 2);
    for (let group = 0; group < 8; group++) {
      const in_ = folds.filter((rows) => rows.some((row) => row >> 2 === group));
      expect(in_).toHaveLength(1);
    }
    expect(folds.flat()).toHaveLength(30);
  });
});

describe('crossValidate', () => {
  const iris = datasets.iris();

  it('predicts every example by a model that has not seen it', async () => {
    const said = await crossValidate(linear, iris, { folds: 3, epochs: 30, learningRate: 0.05, live: false });
    expect(said.ids).toEqual(iris.ids);
    expect(said.outOfSample).toBe(true);
    expect(said.metrics.find(({ metric }) => metric === 'accuracy')!.value).toBeGreaterThan(0.85);
    expect(labelIssues(said).warnings).toEqual([]);
  }, 60_000);

  it('does not know a row by heart: of random labels it is as good as chance', async () => {
    const features = Array.from({ length: 90 }, (_, i) =>
      Array.from({ length: 60 }, (__, j) => Math.sin(97 * i * (j + 1))),
    );
    const labels = features.map((_, i) => ((Math.imul(i, 2654435761) >>> 5) % 2 === 0 ? 'a' : 'b'));
    const said = await crossValidate(dataset({ features, labels }), { live: false });
    const accuracy = said.metrics.find(({ metric }) => metric === 'accuracy')!.value;
    expect(accuracy).toBeGreaterThan(0.3);
    expect(accuracy).toBeLessThan(0.7);
  });

  it('takes a usual model where none is given, for values too', async () => {
    const progress: number[] = [];
    const options = {
      folds: 4,
      live: false,
      onProgress: ({ done }: { done: number }) => void progress.push(done),
    };
    const cars = await crossValidate(datasets.cars(), options);
    expect(cars.n).toBe(398);
    expect(cars.task).toBe('regression');
    expect(Math.max(...progress)).toBe(4);
    const majority = await crossValidate(iris, { model: 'majority class', live: false });
    expect(majority.metrics[0].n).toBe(150);
  });

  it('keeps what was done when it is stopped, and says so', async () => {
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }): void => {
      if (done === 2) stop.abort();
    };
    const said = await crossValidate(iris, { live: false, signal: stop.signal, onProgress });
    expect(said.n).toBe(60);
    expect(said.warnings.map(({ code }) => code)).toEqual(['stopped']);
    await expect(crossValidate(iris, { live: false, signal: stop.signal })).rejects.toThrow(
      'one fold at least',
    );
  });

  it('keeps groups together, and refuses what it cannot use', async () => {
    const flower = Array.from({ length: 150 }, (_, i) => `bed ${i % 2}`);
    const beds = withMetadata(iris, table({ bed: flower }));
    expect((await crossValidate(beds, { folds: 2, groupBy: 'bed', live: false })).n).toBe(150);
    await expect(crossValidate(beds, { groupBy: 'bed' })).rejects.toThrow('the 2 groups of "bed"');
    await expect(crossValidate(iris, { groupBy: 'pot' })).rejects.toThrow('pot');
    await expect(crossValidate(iris, { folds: 151 })).rejects.toThrow('at most the 150 examples');
    await expect(crossValidate(iris, { epochs: 3 } as object)).rejects.toThrow('epochs');
    await expect(crossValidate(linear, null as never)).rejects.toThrow('be a Dataset');
  });

  it('warns of classes that some folds hardly know', async () => {
    const labels = Array.from({ length: 40 }, (_, i) => (i < 2 ? 'rare' : i % 2 ? 'a' : 'b'));
    const data = dataset({ features: labels.map((_, i) => [i, i % 2]), labels });
    const { warnings } = await crossValidate(data, { live: false });
    expect(warnings.map(({ code, count }) => [code, count])).toContainEqual(['rare-classes', 1]);
  });
});

describe('evaluate', () => {
  it('knows the examples that the model was trained on', async () => {
    const iris = datasets.iris();
    const run = await fit(linear, iris, { epochs: 1, live: false });
    const seen = await evaluate(run, iris);
    expect(seen.outOfSample).toBe(false);
    expect(labelIssues(seen).warnings.map(({ code }) => code)).toEqual(['in-sample']);
    expect((await evaluate(run, takeExamples(iris, [0, 1]))).outOfSample).toBeUndefined();
    run.dispose();
  });
});
