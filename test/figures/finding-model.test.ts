import type { LayerSummary, RunLog } from '../../src/build/types';
import { finding } from '../../src/figures';
import type { FindingData } from '../../src/suspect/types';
import { epoch, makeLog } from '../suspect/make-log';

type Any = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

const layer = (name: string, units: number, more: Partial<LayerSummary> = {}): LayerSummary => ({
  ...{ name, type: 'Dense', outputShape: [null, units], parameters: 10, activation: 'linear' },
  ...more,
});
const logOf = (...layers: readonly LayerSummary[]): RunLog => makeLog({ model: { layers, parameters: 20 } });
const found = (where: FindingData['where'], evidence: FindingData['evidence'] = {}): FindingData =>
  ({ kind: 'finding', message: 'It is <odd>.', where, evidence }) as unknown as FindingData;

describe('finding, of how a layer was built', () => {
  it('shows what comes out of each layer, with the layer and its neighbour marked', () => {
    const log = logOf(layer('a', 100), layer('b', 10, { activation: 'relu' }), layer('c', 1));
    const drawn = finding(found({ layer: 'b' }, { next: 'c' }), log)!;
    const [bars] = drawn.data as Any[];
    expect(drawn.title).toBe('It is <odd>');
    expect(bars.x).toEqual([2, 1, 0]); // log10 of 100, 10, 1
    expect(bars.marker.color).toEqual(['#8A8A8A', '#D55E00', '#D55E00']);
    const layout = drawn.layout as Any;
    expect(layout.annotations.map(({ text }: Any) => text)).toEqual([
      'Dense: 100',
      '<b>Dense, relu: 10</b>',
      '<b>Dense: 1</b>',
    ]);
    expect(layout.yaxis.ticktext[0]).toBe('a');
    expect(layout.yaxis.ticktext[1]).toContain('▶ b');
    expect(JSON.stringify(layout)).not.toContain('<odd>');
  });

  it('marks all that are frozen, and shows the share that a dropout deletes', () => {
    const log = logOf(
      layer('a', 4, { trainable: false }),
      layer('b', 4, { trainable: false }),
      layer('out', 2, { rate: 0.9 }),
    );
    const [frozen] = finding(found({ layer: 'a' }, { layers: 2 }), log)!.data as Any[];
    expect(frozen.marker.color).toEqual(['#D55E00', '#D55E00', '#8A8A8A']);
    expect(frozen.customdata[1]).toBe('Dense, frozen: 4');
    const [deleted] = finding(found({ layer: 'out' }, { rate: 0.9 }), log)!.data as Any[];
    expect(deleted.x).toEqual([0, 0, 0.9]);
  });

  it('shows the first weights beside what is usual for them', () => {
    const initial = { sd: 10, expected: [0.1, 1] as const, equalUnits: false, bias: 0 };
    const log = logOf(layer('a', 4, { initial: { ...initial, sd: 1 } }), layer('b', 4, { initial }));
    const drawn = finding(found({ layer: 'b' }, { sd: 10, low: 0.1, high: 1 }), log)!;
    const [marks] = drawn.data as Any[];
    expect(marks.x).toEqual([0, 1]); // log10 of 1 and 10
    const [usual] = (drawn.layout as Any).shapes;
    expect([usual.x0, usual.x1]).toEqual([-1.02, 0.02]); // log10 of 0.1 and 1, and a margin
  });

  it('has none for a layer that is not there, or alone', () => {
    expect(finding(found({ layer: 'z' }), logOf(layer('a', 4), layer('b', 4)))).toBeNull();
    expect(finding(found({ layer: 'a' }), logOf(layer('a', 4)))).toBeNull();
  });

  it('keeps twelve layers about the one that is meant', () => {
    const many = Array.from({ length: 40 }, (_, i) => layer(`l${i}`, 4));
    const [bars] = finding(found({ layer: 'l20' }), logOf(...many))!.data as Any[];
    expect(bars.y).toHaveLength(12);
    expect(bars.marker.color.indexOf('#D55E00')).toBe(6);
  });
});

describe('finding, of what swings in the shaded epochs', () => {
  const losses = [1000, 500, 3, 2, 3, 2];
  const log = makeLog({
    epochs: losses.map((loss, i) => epoch(i + 1, [loss], null)),
    initial: null,
    steps: { stride: 1, loss: [], learningRate: [] },
  });

  it('cuts the axis to those epochs and says what it leaves out', () => {
    const drawn = finding(found({ epoch: 3, lastEpoch: 6 }, { swing: 0.5, priorLoss: 200 }), log)!;
    // 2 to 3 with a margin of a twentieth, and a fifth of that more on either side: 2 − 0.05 − 1.1 / 5
    const [low, high] = (drawn.layout as Any).yaxis.range;
    expect(low).toBeCloseTo(1.73, 12);
    expect(high).toBeCloseTo(3.27, 12);
    const words = JSON.stringify(drawn.layout).replaceAll('<br>', ' ');
    expect(words).toContain('the axis leaves out losses up to 1000');
    expect(words).toContain('a guess: 200, beyond the axis');
  });

  it('shows the whole course to all others, and none where nothing is a number', () => {
    const [low, high] = (finding(found({ epoch: 3, lastEpoch: 6 }), log)!.layout as Any).yaxis.range;
    expect(high - low).toBeGreaterThan(998);
    const nothing = makeLog({ ...log, epochs: [epoch(1, [NaN], null)] });
    expect(finding(found({ epoch: 1 }), nothing)).toBeNull();
  });
});
