import { activation, chain, dense, fullLog, layer, OUT, steadily, trainedOn } from '../make-log';
import { LAYER_PLANTS, slowSteps } from '../plants/layer-plants';
import { judged, testPlants } from '../plants/plant';

testPlants(LAYER_PLANTS);

describe('updates', () => {
  it('takes small steps of adam for a lack of gradient, of sgd for a low rate', () => {
    const cause = (optimizer: string): string =>
      judged(slowSteps(1e-6, optimizer), 'updates').findings[0].causes[0].id;
    expect([cause('adam'), cause('sgd')]).toEqual(['units-dead', 'learning-rate-too-low']);
  });

  it('does not take steps for short that raised the loss', () => {
    // It began at 2.4.
    const cause = (end: number): string =>
      judged({ ...slowSteps(1e-6, 'sgd'), epochs: steadily([end], null) }, 'updates').findings[0].causes[0]
        .id;
    expect([cause(2.8), cause(3)]).toEqual(['learning-rate-too-low', 'learning-rate-too-high']);
  });

  it('is the median over the layers that are trained', () => {
    const names = ['a', 'b', 'c'];
    const layers = names.map((name, i) => layer(name, { updateRatio: [0.001, 0.01, 9][i] }));
    const frozen = { ...layer('frozen', { updateRatio: 0 }), trainable: false };
    const { measure } = judged(fullLog({ layers: [frozen, ...layers] }), 'updates').outcome;
    expect([measure.largest, measure.typical]).toEqual([0.01, 0.01]);
  });
});

describe('gradient-flow', () => {
  it('blames a row of activations that squash', () => {
    const squashing = ['a', 'b', 'c'].map((name) => dense(name, { activation: 'sigmoid' }));
    const log = fullLog({
      model: chain(...squashing, OUT),
      layers: [layer('a', { gradientNorm: 1e-6 }), layer('out')],
    });
    const [finding] = judged(log, 'gradient-flow').findings;
    expect([finding.score, finding.causes[0].id]).toEqual([6, 'gradient-vanishes']);
  });

  it('leaves out normalisation, words and what is frozen', () => {
    const small = layer('x', { gradientNorm: 1e-9 });
    const others = [
      { ...small, type: 'BatchNormalization' },
      { ...small, type: 'Embedding' },
      { ...small, trainable: false },
    ];
    expect(
      judged(fullLog({ layers: [...others, layer('hidden'), layer('out')] }), 'gradient-flow').findings,
    ).toEqual([]);
  });
});

describe('units', () => {
  const dead = (first: number, last: number, updateRatio = 0.005, bias = 0) =>
    fullLog({
      model: chain(
        dense('hidden', { initial: { sd: 0.4, expected: [0.3, 0.7], equalUnits: false, bias } }),
        OUT,
      ),
      activations: [activation('hidden', { dead: [first, last] }), activation('out')],
      layers: [layer('hidden', { updateRatio })],
    });
  const cause = (log: ReturnType<typeof dead>): string => judged(log, 'units').findings[0].causes[0].id;

  it('knows units that were born dead from those that a step killed', () => {
    expect(
      [dead(0.9, 0.9), dead(0, 0.9, 0.5), dead(0.9, 0.9, 0.5), dead(0, 0.9, 0.5, -9)].map(cause),
    ).toEqual([...['units-dead', 'learning-rate-too-high', 'learning-rate-too-high', 'units-dead']]);
  });

  it('blames wide inputs for units at their ends', () => {
    const log = trainedOn(
      { features: { min: 0, max: 255, mean: 90, sd: 60 } },
      { activations: [activation('hidden', { saturated: [0.9, 0.9] })] },
    );
    expect(judged(log, 'units').findings[0].causes[0].id).toBe('inputs-not-scaled');
  });
});
