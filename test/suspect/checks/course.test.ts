import type { RunLog } from '../../../src/build/types';
import { convergedSentence } from '../../../src/suspect/converged';
import {
  chain,
  configured,
  dense,
  epoch,
  fullLog,
  layer,
  makeLog,
  OUT,
  outcome,
  passing,
  scores,
  steadily,
  trainedOn,
} from '../make-log';
import { COURSE_PLANTS, inUse } from '../plants/course-plants';
import { judged, testPlants } from '../plants/plant';

testPlants(COURSE_PLANTS);

const status = (log: RunLog, check: string): string => judged(log, check).outcome.status;
const found = (log: RunLog, check: string) => judged(log, check).findings[0];
const wide = { features: { min: 0, max: 255, mean: 90, sd: 60 } };

describe('non-finite', () => {
  it('finds the step in the losses of a log that recorded nothing', () => {
    // Entry 2 with a stride of 5 begins at step 2 · 5 + 1 = 11, in epoch floor(10 / 10) + 1 = 2.
    const log = makeLog({ steps: { stride: 5, loss: [2, 3, NaN], learningRate: [1, 1, 1] } });
    expect(found(log, 'non-finite').where).toEqual({ epoch: 2, step: 11 });
  });

  it('finds the epoch whose validation loss is no number', () => {
    const log = fullLog({ epochs: [epoch(1, [1], [1]), epoch(2, [0.9], [Infinity])] });
    expect(found(log, 'non-finite')).toMatchObject({
      ...{ where: { epoch: 2, step: 20 }, evidence: { what: 'validation-loss' } },
    });
  });

  it('blames wide inputs where they are', () => {
    const log = trainedOn(wide, { nonFinite: { what: 'loss', step: 3, epoch: 1 } });
    expect(found(log, 'non-finite').causes[0].id).toBe('inputs-not-scaled');
  });
});

describe('initial-loss', () => {
  it('blames the scale of the inputs where they are large, the sum of a batch where it has that size', () => {
    expect(found(trainedOn(wide, { initial: scores(9) }), 'initial-loss').causes[0].id).toBe(
      'inputs-not-scaled',
    );
    // A batch of 100: 100 · ln 10.
    const summed = fullLog({ initial: scores(100 * Math.log(10)) });
    expect(found(summed, 'initial-loss').causes[0].id).toBe('loss-summed');
  });

  it.each([
    ['a model that was given', configured({ initialWeights: 'given' }, { initial: scores(9) })],
    ['a loss of its own', configured({ loss: 'custom' }, { initial: scores(9) })],
    ['a loss that is no number', fullLog({ initial: scores(NaN) })],
  ])('cannot tell of %s', (_words, log) => {
    expect(status(log, 'initial-loss')).toBe('cannot-tell');
  });

  it('spares a regression twice the mean square of its target', () => {
    const regression = (loss: number): RunLog =>
      trainedOn(
        { classCounts: [], targetMean: 1, targetVariance: 4 },
        {
          ...configured({ loss: 'meanSquaredError' }, { initial: scores(loss) }),
          ...{ task: 'regression', classes: [] },
        },
      );
    // Mean square 4 + 1² = 5, and (loss − 0.04 − 5) / 10.
    expect(judged(regression(20.04), 'initial-loss').outcome.scores['starts-too-high']).toBeCloseTo(1.5, 12);
  });
});

describe('loss-course', () => {
  it('cannot tell from three epochs', () => {
    const log = fullLog({ epochs: steadily([1]).slice(0, 3) });
    const { outcome: told } = judged(log, 'loss-course');
    expect([told.status, told.reason]).toEqual(['cannot-tell', '3 epochs show no course; 4 or more would.']);
  });

  it('does not take a smooth fall for a swing, however curved', () => {
    // From epoch to epoch halved: it never goes up.
    const epochs = Array.from({ length: 10 }, (_, i) => epoch(i + 1, [9 * 0.5 ** i], null));
    expect(status(fullLog({ epochs }), 'loss-course')).toBe('nothing-found');
  });
});

describe('progress', () => {
  it.each([
    [
      'one epoch without a loss before it',
      fullLog({ initial: null, epochs: steadily([1]).slice(0, 1) }),
      'cannot-tell',
    ],
    ['a loss of its own', configured({ loss: 'custom' }), 'cannot-tell'],
    ['a loss that is no number', fullLog({ epochs: steadily([NaN]) }), 'cannot-tell'],
    ['a loss that rises', fullLog({ epochs: steadily([3]) }), 'nothing-found'],
  ])('of %s', (_words, log, expected) => {
    expect(status(log, 'progress')).toBe(expected);
  });
});

describe('not-learning', () => {
  it('knows the guess, and where it was reached', () => {
    const finding = found(fullLog({ epochs: steadily([2.3, 0.1]) }), 'not-learning');
    // Entropy of ten equal classes is ln 10 = 2.302585.
    expect(finding.evidence.priorLoss).toBeCloseTo(Math.log(10), 12);
    expect(finding.message).toContain('does not beat a guess: loss 2.3 against 2.3');
  });

  it('names what holds it back', () => {
    const at = (change: Partial<RunLog>, summary = {}): string =>
      found(trainedOn(summary, { epochs: steadily([2.2]), ...change }), 'not-learning').causes[0].id;
    const slow = {
      layers: [layer('hidden', { updateRatio: 1e-5 })],
      config: { ...fullLog().config, optimizer: 'sgd' },
    };
    expect([at({}), at(slow), at({}, wide), at({ layers: [layer('hidden', { updateRatio: 0.5 })] })]).toEqual(
      [...['labels-without-signal', 'learning-rate-too-low', 'inputs-not-scaled', 'learning-rate-too-high']],
    );
  });

  it('tells nothing of a few steps of a loss that still falls', () => {
    const early = { initial: scores(2.4), epochs: [epoch(1, [2.35], null), epoch(2, [2.3], null)] };
    expect(status(fullLog(early), 'not-learning')).toBe('nothing-found');
    expect(status(fullLog({ ...early, epochs: steadily([2.3]) }), 'not-learning')).toBe('found');
  });

  it.each([
    ['a loss that is no number', fullLog({ epochs: steadily([NaN]) })],
    ['one label for all', trainedOn({ classCounts: [1000, 0, 0, 0, 0, 0, 0, 0, 0, 0] })],
    ['a loss of its own without accuracy', configured({ loss: 'custom' }, { epochs: steadily([1]) })],
  ])('cannot tell of %s', (_words, log) => {
    expect(status(log, 'not-learning')).toBe('cannot-tell');
  });

  it('finds weights that never moved, though by chance they beat a guess', () => {
    const still = { epochs: steadily([2.3, 0.4]), initial: scores(2.3, 0.4) };
    expect(found(fullLog(still), 'not-learning').code).toBe('no-better-than-guessing');
  });
});

describe('underfitting', () => {
  it('speaks softer of a model with hidden layers, of few examples, of little that is left', () => {
    const score = (n: number, loss: number, model = chain(OUT)): number =>
      judged(
        fullLog({
          model,
          epochs: steadily([loss], null),
          outcome: { train: outcome({ n, residual: { column: 0, share: 0.4 } }), validation: null },
        }),
        'underfitting',
      ).outcome.scores.underfits;
    const tenth = 0.075 * Math.log(10);
    // 0.4; a fifth of it; 100 of 400 examples; half of 15 % left.
    expect(
      [score(400, 1), score(400, 1, chain(dense('h'), OUT)), score(100, 1), score(400, tenth)].map((s) =>
        Number(s.toFixed(9)),
      ),
    ).toEqual([0.4, 0.08, 0.1, 0.2]);
  });
});

describe('answers', () => {
  it('blames constant inputs, and a class that training lacks', () => {
    const flat = { train: outcome(), validation: outcome({ spread: 0 }) };
    const columns = { ...fullLog().data.train!.columns!, sd: [0, 0, 0, 0] };
    const [finding] = judged(trainedOn({ columns }, { outcome: flat }), 'answers').findings;
    expect([finding.score, finding.causes[0].id]).toEqual([20, 'input-constant']);
    const confusion = [
      [0, 40],
      [0, 40],
    ];
    const never = { train: outcome(), validation: outcome({ confusion }) };
    const log = trainedOn({ classCounts: [0, 100] }, { outcome: never, classes: ['a', 'b'] });
    expect(judged(log, 'answers').findings[0].causes[0].id).toBe('class-not-in-training');
  });

  it('judges by training where there is no validation', () => {
    const log = fullLog({ outcome: { train: outcome({ spread: 1e-6 }), validation: null } });
    expect(found(log, 'answers').code).toBe('constant-output');
  });
});

describe('inference-mode', () => {
  it('blames a normalisation whose statistics have hardly moved', () => {
    const norm = passing('norm', 'BatchNormalization', { parameters: 16, momentum: 0.999 });
    const model = chain(dense('hidden'), norm, OUT);
    const { findings, outcome: told } = judged(
      inUse(0.5, 0.54 + 0.1 * Math.log(10), { model }),
      'inference-mode',
    );
    // After 100 steps 0.999¹⁰⁰ = 0.905 of the first statistics is left: 0.1 · (1 + 20 · 0.905⁴) = 1.44.
    const score = 0.1 * (1 + 20 * 0.999 ** 400);
    expect(told.scores['train-and-inference-differ']).toBeCloseTo(score, 12);
    expect(findings[0]).toMatchObject({ where: { epoch: 10, layer: 'norm' } });
    expect(findings[0].causes[0].id).toBe('norm-statistics-stale');
  });
});

describe('a training that had converged', () => {
  it('is said to have, where it levelled off well below a guess', () => {
    const levelled = {
      initial: scores(2.4),
      epochs: [0.5, 0.3, 0.3, 0.3, 0.3].map((loss, i) => epoch(i + 1, [loss], null)),
    };
    expect(convergedSentence(fullLog(levelled))).toBe(
      'Training had converged: the loss had levelled off at 0.3, where a guess has 2.3.',
    );
    const falls = [2, 1.6, 1.2, 0.8, 0.4].map((loss, i) => epoch(i + 1, [loss], null));
    expect(convergedSentence(fullLog({ ...levelled, epochs: falls }))).toBeNull();
    expect(convergedSentence(fullLog({ ...levelled, epochs: steadily([2.2]) }))).toBeNull();
    expect(
      convergedSentence(fullLog({ ...levelled, nonFinite: { what: 'loss', step: 1, epoch: 1 } })),
    ).toBeNull();
    expect(convergedSentence(fullLog({ ...levelled, epochs: levelled.epochs.slice(0, 3) }))).toBeNull();
  });
});
