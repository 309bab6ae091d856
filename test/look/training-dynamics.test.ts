import type { ExampleDynamics, RunLog } from '../../src/build/types';
import { exampleSums } from '../../src/engine/train/example-sums';
import { dataset } from '../../src/data/dataset';
import { dataMap, dataMapTitle } from '../../src/figures/data-map';
import { difficulty } from '../../src/look/difficulty';
import { regionsOf } from '../../src/look/dynamics/regions';
import type { TrainingMeasure } from '../../src/look/sources/training-difficulty';
import { trainingDynamics } from '../../src/look/training-dynamics';
import type { View } from '../../src/notebook/display/view';
import { viewOf } from '../../src/notebook/display/view-of';
import { makeLog, epoch } from '../suspect/make-log';
import { twoClasses } from './some-predictions';

const LABELS = [0, 1, 0, 1, 2];

/** Logits by epoch and example. */
const LOGITS = [
  [[2, 0, -1], [0, 1, 0], [1, 1.5, 0], [3, 0, 0], [-1, 0, 2]],
  [[3, 0, -1], [1, 0, 0], [2, 1, 0], [4, 0, 1], [0, 0, 2.5]],
  [[3, -1, 0], [0, 2, 0], [0, 1, 0.5], [5, 0, 0], [1, 0, 0]],
  [[4, 0, 0], [2, 1, 0], [1.5, 1, 0], [5, 1, 0], [0, 0, 3]],
]; // prettier-ignore

const ids = ['a', 'b', 'c', 'd', 'e'];

function logOf(examples: ExampleDynamics, rest: Partial<RunLog> = {}): RunLog {
  const epochs = LOGITS.map((_, i) => epoch(i + 1, [1, 0.5], [1, 0.5]));
  return makeLog({ examples, epochs, classes: ['x', 'y', 'z'], seed: 0, ...rest });
}

/** The log of a training in which the model said those logits. */
function logOfLogits(logits = LOGITS, own: readonly string[] = ids): RunLog {
  const sums = exampleSums(5, { task: 'classification', units: 3, logits: true, epochs: 4 });
  logits.forEach((rows, e) =>
    rows.forEach((row, i) => {
      const total = row.reduce((sum, z) => sum + Math.exp(z), 0);
      const p = Float32Array.from(row, (z) => Math.exp(z) / total);
      const correct = row.indexOf(Math.max(...row)) === LABELS[i];
      sums.add(i, e + 1, { loss: -Math.log(p[LABELS[i]]), correct }, LABELS[i], p, 0, [], 0);
    }),
  );
  return logOf({ ...sums.dynamics(), ids: own, labels: LABELS });
}

const close = (values: ArrayLike<number> | null, expected: readonly number[], digits = 5): void => {
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(values![i]).toBeCloseTo(value, digits));
};

describe('trainingDynamics', () => {
  it('gives what the original programs give on a fixed log', () => {
    const log = logOfLogits();
    const dynamics = trainingDynamics(log);
    // compute_train_dy_metrics of github.com/allenai/cartography, by numpy; AUM by the package aum 1.0.2; EL2N of epoch 2.
    close(dynamics.confidence, [0.920234, 0.454943, 0.432403, 0.021736, 0.70604]);
    close(dynamics.variability, [0.045632, 0.238839, 0.185728, 0.014299, 0.286301]);
    expect(Array.from(dynamics.correctness!)).toEqual([4, 2, 2, 0, 3]);
    close(dynamics.aum, [3, 0.25, 0, -4, 1.625]);
    close(dynamics.el2n, [0.080822, 0.998932, 0.424336, 1.358203, 0.172712]);
    close(dynamics.loss, [0.084398, 0.93751, 0.949034, 4.049734, 0.492056]);
    close(dynamics.lossSpread, [0.050822, 0.555452, 0.492662, 0.678449, 0.612264]);
    // The original writes 1000 where nothing was ever right; Toneva et al. the number of presentations.
    expect(Array.from(dynamics.forgetting!)).toEqual([0, 2, 1, 4, 1]);
    expect(Array.from(dynamics.firstLearned!)).toEqual([1, 1, 2, NaN, 1]);
    expect(Array.from(dynamics.learnedIn!)).toEqual([1, 1, 1, 0, 1]);
    expect(dynamics.labels).toEqual(['x', 'y', 'x', 'y', 'z']);
    expect(dynamics.spreadOverRuns).toBeNull();
    expect(dynamics.warnings).toMatchObject([{ code: 'few-epochs' }]);
  });

  it('counts with intervals', () => {
    const { neverLearned, forgotten, unforgettable, classes } = trainingDynamics(logOfLogits());
    // d is never right; b, c and e are forgotten; a is neither.
    expect([neverLearned?.count, forgotten?.count, unforgettable?.count]).toEqual([1, 3, 1]);
    expect(neverLearned?.share).toBe(0.2);
    // Wilson, 1 of 5 (R: binom.confint(1, 5, methods = "wilson")).
    close(neverLearned!.interval, [0.036224, 0.624464], 5);
    expect(classes?.map(({ class: name, n, neverLearned: never }) => [name, n, never.count])).toEqual([
      ['x', 2, 0],
      ['y', 2, 1],
      ['z', 1, 0],
    ]);
  });

  it('takes the mean over runs by id, and their spread', () => {
    const [first, second] = [logOfLogits(), logOfLogits([LOGITS[1], LOGITS[0], LOGITS[3], LOGITS[2]])];
    const both = trainingDynamics([first, { log: second }]);
    expect(both).toMatchObject({ runs: 2, epochs: [4, 4], seeds: [0, 0] });
    expect(trainingDynamics({ kind: 'runs', logs: [first, second] })).toEqual(both);
    // The log of a long training has records of some epochs alone.
    const thinned = { ...first, epochs: first.epochs.slice(2) };
    expect(trainingDynamics(thinned).epochs).toEqual([4]);
    close(both.confidence, Array.from(trainingDynamics(first).confidence!), 6);
    // b: right in epochs 1, 3, 4 then 2, …: 2 and 1 times forgotten.
    const single = [first, second].map((log) => trainingDynamics(log).forgetting![1]);
    expect(both.forgetting![1]).toBe((single[0] + single[1]) / 2);
    expect(both.spreadOverRuns!.forgetting![1]).toBeCloseTo(Math.abs(single[0] - single[1]) / Math.SQRT2, 12);
    expect(both.neverLearned?.count).toBe(1);
  });

  it('joins runs of other examples, and says so', () => {
    const other = logOfLogits(LOGITS, ['b', 'a', 'f', 'g', 'h']);
    const joined = trainingDynamics([logOfLogits(), other]);
    expect(joined.ids).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
    expect(Array.from(joined.seenIn)).toEqual([2, 2, 1, 1, 1, 1, 1, 1]);
    // a is the first example here and the second there.
    expect(joined.confidence![0]).toBeCloseTo((0.920234 + 0.454943) / 2, 5);
    expect(joined.spreadOverRuns!.confidence![2]).toBeNaN();
    expect(joined.warnings.map(({ code }) => code)).toContain('other-examples');
    const twice = logOfLogits(LOGITS, ['b', 'b', 'f', 'g', 'h']);
    expect(() => trainingDynamics([logOfLogits(), twice])).toThrow('have each id once; got "b"');
    expect(trainingDynamics(twice).n).toBe(5);
  });

  it('reads older logs, and says what they lack', () => {
    const { n, seen, lossSum, confidenceSum, correctSum, forgotten, firstLearned } = logOfLogits().examples!;
    const squares = [0, 1, 2, 3, 4].map((i) => {
      const mean = confidenceSum[i] / 4;
      return 4 * ([0.045632, 0.238839, 0.185728, 0.014299, 0.286301][i] ** 2 + mean ** 2);
    });
    const sums = { n, ids, seen, lossSum, confidenceSum, confidenceSquareSum: squares };
    const old = trainingDynamics(logOf({ ...sums, correctSum, forgotten, firstLearned }));
    close(old.variability, [0.045632, 0.238839, 0.185728, 0.014299, 0.286301]);
    expect([old.aum, old.el2n, old.labels, old.classes]).toEqual([null, null, null, null]);
    expect(old.lossSpread[0]).toBeNaN();
    expect(old.warnings.map(({ code }) => code)).toContain('older-log');
    expect(viewOf(old)?.answer).toContain('1 of 5 training examples is');
  });

  it('knows that there is no spread in one presentation, and nothing of what was not seen', () => {
    const sums = exampleSums(2, { task: 'classification', units: 2, logits: true, epochs: 1 });
    sums.add(0, 1, { loss: 0.1, correct: true }, 0, [0.9, 0.1], 0, [], 0);
    const one = trainingDynamics(logOf({ ...sums.dynamics(), ids: ['a', 'b'] }, { classes: ['x', 'y'] }));
    expect([one.variability![0], one.confidence![1], one.loss[1]]).toEqual([NaN, NaN, NaN]);
    expect(one.unforgettable).toMatchObject({ count: 1, n: 1 });
    expect(one.regions).toEqual(['between', 'between']);
    expect(one.warnings).toMatchObject([{ code: 'unseen', count: 1 }, { code: 'few-epochs' }]);
    expect(dataMap(one).data[0]).toMatchObject({ x: [0], y: [expect.closeTo(0.9, 6)] });
  });

  it('of a regression knows the loss alone', () => {
    const sums = exampleSums(4, { task: 'regression', units: 1, logits: false, epochs: 2 });
    for (const e of [1, 2])
      [1, 2, 3, 4].forEach((y, i) => sums.add(i, e, { loss: y * e, correct: false }, y, [0], 0, [y], 0));
    const log = logOf(
      { ...sums.dynamics(), ids: ids.slice(0, 4), labels: [1, 2, 3, 4] },
      { task: 'regression', classes: [] },
    );
    const dynamics = trainingDynamics(log, { share: 0.25 });
    close(dynamics.loss, [1.5, 3, 4.5, 6]);
    close(dynamics.lossSpread, [0.5, 1, 1.5, 2]);
    expect(dynamics.regions).toEqual(['easy-to-learn', 'between', 'between', 'hard-to-learn']);
    expect([dynamics.confidence, dynamics.neverLearned, dynamics.classes]).toEqual([null, null, null]);
    // The hardest tenth is one of four: 6 of 15.
    expect(dataMapTitle(dynamics)).toBe('The hardest tenth of the examples carries 40 % of the loss');
    expect(dataMap(dynamics).layout).toMatchObject({ yaxis: { type: 'log' }, xaxis: { type: 'log' } });
    expect(viewOf(dynamics)?.tables?.[0].rows[0]).toEqual(['d', '4', 6, 'hard-to-learn']);
  });

  it('takes several labels an example', () => {
    const sums = exampleSums(2, { task: 'multi-label', units: 2, logits: true, epochs: 2 });
    const targets = [1, 1, 0, 0];
    for (const e of [1, 2]) {
      sums.add(0, e, { loss: 1, correct: e === 2 }, NaN, [0.9, 0.4 * e], 0, targets, 0);
      sums.add(1, e, { loss: 1, correct: true }, NaN, [0.1, 0.3], 0, targets, 1);
    }
    const examples = { ...sums.dynamics(), ids: ['a', 'b'], labels: targets };
    const dynamics = trainingDynamics(logOf(examples, { task: 'multi-label', classes: ['x', 'y'] }));
    // (0.9 + 0.4) / 2 = 0.65 and (0.9 + 0.8) / 2 = 0.85; (0.9 + 0.7) / 2 in both.
    close(dynamics.confidence, [0.75, 0.8]);
    close(dynamics.variability, [0.1, 0]);
    expect(dynamics.labels).toEqual(['x, y', 'no label']);
    expect(dynamics.classes?.map(({ class: name, n }) => [name, n])).toEqual([
      ['x', 1],
      ['y', 1],
    ]);
    expect(Array.from(dynamics.firstLearned!)).toEqual([2, 1]);
  });

  it('refuses what it cannot use', () => {
    expect(() => trainingDynamics([])).toThrow('hold at least one run');
    expect(() => trainingDynamics(undefined as never)).toThrow('be a run or its log');
    expect(() => trainingDynamics({ log: null })).toThrow('Leave out the runs that failed');
    expect(() => trainingDynamics(makeLog({ examples: null }))).toThrow('Train with fit');
    expect(() => trainingDynamics(logOfLogits(), { share: 0.6 })).toThrow('between 0.01 and 0.5');
    const other = { ...logOfLogits(), classes: ['x', 'y', 'w'] };
    expect(() => trainingDynamics([logOfLogits(), other])).toThrow('the same classes');
  });

  it('survives JSON', () => {
    const dynamics = trainingDynamics(logOfLogits());
    expect(JSON.parse(JSON.stringify(dynamics)).correctness).toEqual([4, 2, 2, 0, 3]);
  });
});

describe('regionsOf', () => {
  it('takes the ends of the axes, ambiguous first, and counts what is in two', () => {
    const ease = [0.9, 0.8, 0.7, 0.6, 0.2, 0.1];
    const spread = [0.05, 0.3, 0.1, 0.2, 0.1, 0.25];
    // A third of six is two: ambiguous 1 and 5; hard 4 and (5); easy 0 and (1).
    expect(regionsOf(ease, spread, 0.34)).toEqual({
      regions: ['easy-to-learn', 'ambiguous', 'between', 'between', 'hard-to-learn', 'ambiguous'],
      overlaps: { ambiguousAndHard: 1, ambiguousAndEasy: 1 },
    });
  });

  it('rounds down, breaks ties by order, leaves out what is unknown', () => {
    expect(regionsOf([0.5, 0.5, NaN, 0.5], null, 0.34).regions).toEqual([
      'hard-to-learn',
      'between',
      'between',
      'between',
    ]);
  });
});

describe('difficulty by training dynamics', () => {
  const p = twoClasses([0, 1, 0]);
  const valuesOf = (measure: TrainingMeasure): number[] => {
    const log = logOfLogits(LOGITS, ['0', '1', '2', '3', '4']);
    return Array.from(
      difficulty({ ...p, ids: ['3', '0', '9'] }, { source: 'training-dynamics', log, measure }).values,
    );
  };

  it('takes each measure, higher is harder', () => {
    const expected: Record<TrainingMeasure, readonly [number, number]> = {
      loss: [4.049734, 0.084398],
      confidence: [-0.021736, -0.920234],
      variability: [0.014299, 0.045632],
      correctness: [-0, -4],
      forgetting: [4, 0],
      // Never right in four epochs: as if in the fifth.
      firstLearned: [5, 1],
      aum: [4, -3],
      el2n: [1.358203, 0.080822],
    };
    for (const [measure, values] of Object.entries(expected)) {
      const [hard, easy, unknown] = valuesOf(measure as TrainingMeasure);
      close([hard, easy], values);
      expect(unknown).toBeNaN();
    }
  });

  it('takes several runs, and refuses a measure that the log lacks', () => {
    const log = logOfLogits(LOGITS, ['0', '1', '2', '3', '4']);
    const several = difficulty(p, { source: 'training-dynamics', log: [log, { log }], measure: 'aum' });
    expect(several.title).toBe('−area under the margin');
    close(several.values, [-3, -0.25, 0]);
    expect(() => difficulty(p, { source: 'training-dynamics', log, measure: 'margin' as never })).toThrow(
      'be one of "loss"',
    );
    const regression = { ...log, task: 'regression' as const };
    expect(() => difficulty(p, { source: 'training-dynamics', log: regression, measure: 'aum' })).toThrow(
      'must be one that the log holds: loss; got "aum". Of a regression only the loss is known.',
    );
  });
});

describe('the view of the dynamics', () => {
  const data = dataset({ columns: { size: [1, 2, 3, 4, 5] }, labels: ['x', 'y', 'x', 'y', 'z'], ids });

  it('joins each card to the point of its example and to the bar that counts it', () => {
    const view = viewOf(trainingDynamics(logOfLogits(), { data })) as View;
    const groups = view.examples!;
    expect(groups.flatMap(({ cards }) => cards.map(({ id }) => id)).sort()).toEqual(ids);
    expect(groups.at(-1)!.title).toBe('Others, drawn at random: 2');
    const traces = view.figure!.data as {
      customdata: string[][];
      x: number[];
      y: number[];
      width: number[];
    }[];
    for (const { cards, cardMarks } of groups) {
      cards.forEach(({ id }, i) => {
        const [point, bar] = cardMarks![i];
        const at = point.point as number;
        expect(traces[point.trace].customdata[at][0]).toBe(id);
        expect(point.ring).toEqual([traces[point.trace].x[at], traces[point.trace].y[at]]);
        const [bars, bin] = [traces[bar.trace], bar.point as number];
        expect(bars.x[bin]).toBeGreaterThan(0);
        expect(point.ring![1]).toBeGreaterThanOrEqual(bars.y[bin] - 1e-12);
        expect(point.ring![1]).toBeLessThanOrEqual(bars.y[bin] + bars.width[bin] + 1e-12);
      });
    }
  });

  it('has no examples without the data set', () => {
    expect((viewOf(trainingDynamics(logOfLogits())) as View).examples).toEqual([]);
  });
});

describe('dataMap', () => {
  it('draws what has a card, however few points it draws', () => {
    const data = dataset({ columns: { size: [1, 2, 3, 4, 5] }, labels: ['x', 'y', 'x', 'y', 'z'], ids });
    const figure = dataMap(trainingDynamics(logOfLogits(), { data }), { limit: 2 });
    expect(figure.data.slice(0, 4).flatMap(({ customdata }) => customdata)).toHaveLength(5);
    expect(JSON.stringify(figure.layout.title)).toContain(
      'a sample of 2 is drawn and 3 more that have a card, the bars count all',
    );
  });

  it('draws how often each example was right, and says it in words', () => {
    const figure = dataMap(trainingDynamics(logOfLogits()));
    expect(figure.title).toBe('1 of 5 training examples is never right; 60 % are forgotten at least once');
    // Right 4, 2, 2, 0, 3 of 4 times.
    expect(
      figure.data.slice(0, 4).map(({ customdata }) => (customdata as string[][]).map(([id]) => id)),
    ).toEqual([['a'], ['e'], ['b', 'c'], ['d']]);
    const marks = figure.data.slice(0, 4).map(({ marker }) => marker as { symbol: string; color: string });
    expect(new Set(marks.map(({ symbol }) => symbol)).size).toBe(4);
    expect(new Set(marks.map(({ color }) => color)).size).toBe(4);
    expect(JSON.parse(JSON.stringify(figure))).toMatchSnapshot();
  });

  it('draws a seeded sample, counts all', () => {
    const dynamics = trainingDynamics(logOfLogits());
    const shown = (seed: number): unknown[] =>
      dataMap(dynamics, { limit: 2, seed })
        .data.slice(0, 4)
        .flatMap(({ customdata }) => customdata as unknown[]);
    expect(shown(0)).toHaveLength(2);
    expect(shown(0)).toEqual(shown(0));
    const { data, layout } = dataMap(dynamics, { limit: 2 });
    expect((data[4].x as number[]).reduce((a, b) => a + b)).toBe(5);
    expect(JSON.stringify(layout.title)).toContain('a sample of 2 is drawn');
    expect(() => dataMap({} as never)).toThrow('be a result of kind "training-dynamics"');
  });
});
