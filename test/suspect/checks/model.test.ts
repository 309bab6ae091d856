import type { RunLog } from '../../../src/build/types';
import { chain, configured, dense, fullLog, layer, OUT, passing } from '../make-log';
import { MODEL_PLANTS } from '../plants/model-plants';
import { judged, testPlants } from '../plants/plant';

testPlants(MODEL_PLANTS);

const codes = (log: RunLog, check: string): readonly string[] =>
  judged(log, check).findings.map(({ code }) => code);

describe('output-layer', () => {
  const HIDDEN = dense('hidden');
  const ending = (loss: string, activation: string, units: number, task: RunLog['task']): RunLog => ({
    ...configured(
      { loss },
      { model: chain(HIDDEN, dense('out', { outputShape: [null, units], activation })) },
    ),
    task,
  });

  it.each([
    ['sparseCategoricalCrossentropy', 'softmax', 10, 'classification', []],
    ['sparseCategoricalCrossentropy', 'sigmoid', 10, 'classification', ['output-does-not-fit-loss']],
    ['softmaxCrossEntropy', 'linear', 10, 'classification', []],
    ['softmaxCrossEntropy', 'softmax', 10, 'classification', ['softmax-twice']],
    ['sigmoidCrossEntropy', 'sigmoid', 4, 'multi-label', ['output-does-not-fit-loss']],
    ['binaryCrossentropy', 'sigmoid', 4, 'multi-label', []],
    ['binaryCrossentropy', 'softmax', 4, 'multi-label', ['output-does-not-fit-loss']],
    ['binaryCrossentropy', 'sigmoid', 1, 'classification', []],
    ['binaryCrossentropy', 'linear', 1, 'classification', ['output-does-not-fit-loss']],
    ['custom', 'linear', 10, 'classification', []],
    ['meanAbsoluteError', 'softmax', 10, 'classification', ['loss-does-not-fit-task']],
    ['meanSquaredError', 'linear', 1, 'regression', []],
  ] as const)('of %s on %s, %i units, %s: %j', (loss, activation, units, task, expected) => {
    expect(codes(ending(loss, activation, units, task), 'output-layer')).toEqual(expected);
  });

  it('sees an activation that is a layer of its own', () => {
    const out = dense('out', { outputShape: [null, 10], activation: 'linear' });
    const log = fullLog({
      model: chain(HIDDEN, out, passing('end', 'Activation', { activation: 'softmax' })),
    });
    expect(codes(log, 'output-layer')).toEqual([]);
  });
});

describe('hidden-layers', () => {
  it('takes a row of linear layers for one, through whatever is linear too', () => {
    const linear = (name: string) => dense(name, { activation: 'linear' });
    const between = passing('norm', 'BatchNormalization', { parameters: 64 });
    const log = fullLog({ model: chain(linear('one'), between, linear('two'), OUT) });
    const [finding] = judged(log, 'hidden-layers').findings;
    expect([finding.where, finding.evidence]).toEqual([{ layer: 'one' }, { next: 'two', pairs: 2 }]);
  });

  it('lets one unit order two classes', () => {
    const model = chain(
      dense('hidden', { outputShape: [null, 1] }),
      dense('out', { outputShape: [null, 2] }),
    );
    expect(codes(fullLog({ model, classes: ['a', 'b'] }), 'hidden-layers')).toEqual([]);
  });

  it('names the dropout with the highest rate', () => {
    const drop = (name: string, rate: number) => passing(name, 'Dropout', { rate });
    const log = fullLog({ model: chain(dense('hidden'), drop('some', 0.9), drop('most', 0.95), OUT) });
    expect(judged(log, 'hidden-layers').findings[0].where).toEqual({ layer: 'most' });
  });
});

describe('frozen-weights', () => {
  it('leaves normalisation alone, and what was not to change', () => {
    const norm = passing('norm', 'BatchNormalization', { parameters: 16, trainable: false });
    const still = { ...layer('hidden', { updateRatio: 0 }), trainable: false };
    const log = fullLog({ model: chain(norm, OUT), layers: [still, layer('out')] });
    expect(codes(log, 'frozen-weights')).toEqual([]);
  });

  it('counts the frozen layers', () => {
    const frozen = (name: string) => dense(name, { trainable: false });
    const [finding] = judged(
      fullLog({ model: chain(frozen('one'), frozen('two'), OUT) }),
      'frozen-weights',
    ).findings;
    expect([finding.where.layer, finding.evidence.layers]).toEqual(['one', 2]);
    expect(finding.message).toContain('one and 1 more are frozen');
  });
});

describe('initial-weights', () => {
  it('cannot tell of a model that was given', () => {
    const { outcome } = judged(configured({ initialWeights: 'given' }), 'initial-weights');
    expect([outcome.status, outcome.reason]).toEqual([
      'cannot-tell',
      'The model came with weights of its own.',
    ]);
  });

  it('minds too small as much as too large, in tens; zeros are left to other checks', () => {
    const start = (sd: number): RunLog =>
      fullLog({
        model: chain(
          dense('hidden', { initial: { sd, expected: [0.3, 0.7], equalUnits: false, bias: 0 } }),
          OUT,
        ),
      });
    const score = (sd: number): number =>
      judged(start(sd), 'initial-weights').outcome.scores['initial-weights-scale'];
    expect([score(0.003), score(70), score(0.3), score(0)].map((s) => Number(s.toFixed(9)))).toEqual([
      2, 2, 0, 0,
    ]);
  });
});

describe('mixed-examples', () => {
  it('knows that a plan keeps examples apart, and cannot tell what was not tried', () => {
    const engine = { ...fullLog().engine, steps: 'plan' };
    expect(judged(fullLog({ engine, mixing: undefined }), 'mixed-examples').outcome.status).toBe(
      'nothing-found',
    );
    for (const mixing of [undefined, NaN]) {
      expect(judged(fullLog({ mixing }), 'mixed-examples').outcome.status).toBe('cannot-tell');
    }
  });
});
