import * as figures from '../../src/figures';
import { foldTicks } from '../../src/figures/fold-ticks';
import { shadeMarks } from '../../src/figures/strange';
import type { LayerRecord, RunLog } from '../../src/build/types';
import type { ColumnProfiles } from '../../src/data/profile/types';
import type { FindingData } from '../../src/suspect/types';
import { makeLog } from '../suspect/make-log';
import { findingOf } from './results';

type Any = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

const STRANGE = '#D55E00';

const draw = (parts: Partial<FindingData>, log: RunLog = makeLog()): Any | null =>
  figures.finding(Object.freeze(findingOf(parts)), log);

const texts = (figure: Any | null): string[] => figure!.layout.annotations.map(({ text }: Any) => text);

const layer = (name: string, norms: number[], parameters = 100): LayerRecord => ({
  ...{ name, type: 'Dense', parameters, trainable: true, weightNorm: norms },
  ...{ updateRatio: norms, gradientNorm: norms },
});

const columns: ColumnProfiles = {
  ...{ of: 'columns', total: 3, names: ['age', 'income', '<b>id</b>'] },
  ...{ mean: [0, 3000, 1], sd: [1, 4000, 1], min: [-3, 0, 0], max: [3, 9000, 5], missing: [0, 50, 10] },
  sentinels: [{ column: 'income', value: -999, count: 20, gap: 12 }],
  duplicates: [],
  alone: [
    { column: 'income', skill: 0.998 },
    { column: 'age', skill: 0.4 },
  ],
  aloneN: 1000,
};

function withColumns(validation?: Partial<ColumnProfiles>): RunLog {
  const { train, validation: judged } = makeLog().data;
  return makeLog({
    data: {
      train: { ...train!, columns },
      validation: { ...judged!, ...(validation && { columns: { ...columns, ...validation } }) },
    },
  });
}

describe('figures.finding', () => {
  it('has the message as its title, without its full stop, cut where it is long', () => {
    expect(draw({ where: { epoch: 3 } })!.title).toBe('Loss explodes');
    expect(draw({ where: { epoch: 3 }, message: `${'long '.repeat(60)}.` })!.title).toHaveLength(180);
  });

  it('refuses what is no finding and no log', () => {
    expect(() => figures.finding({} as never, makeLog())).toThrow('must be a result of kind "finding"');
    expect(() => figures.finding(findingOf(), {} as never)).toThrow('must be a result of kind "run-log"');
  });

  it('has no picture where one adds nothing', () => {
    expect(draw({ where: {} })).toBeNull();
    // How a layer was built is no course.
    expect(draw({ where: { layer: 'dense' }, evidence: { rate: 0.9 } })).toBeNull();
    expect(draw({ where: { column: 'age' }, evidence: { first: 'income' } }, withColumns())).toBeNull();
    expect(draw({ where: { epoch: 1 } }, makeLog({ epochs: [], initial: null }))).toBeNull();
  });

  it('shows tags of names instead of obeying them', () => {
    const parts = { where: { column: '<b>id</b>' }, evidence: { missing: 60 } };
    expect(JSON.stringify(draw(parts, withColumns()))).not.toContain('<b>id');
  });
});

describe('a finding on the course', () => {
  const rising = { where: { epoch: 6, lastEpoch: 8 }, evidence: { priorLoss: 2.3, bestEpoch: 6 } };

  it('shades its epochs with a word above, and draws the guess', () => {
    const figure = draw(rising)!;
    const [guess, shade] = figure.layout.shapes;
    expect([guess.y0, guess.line.dash]).toEqual([2.3, 'dash']);
    // Half an epoch on either side of 6 and 8.
    expect([shade.x0, shade.x1, shade.fillcolor]).toEqual([5.5, 8.5, `${STRANGE}2E`]);
    expect(texts(figure)).toEqual(expect.arrayContaining(['▼ epochs 6 to 8', 'a guess 2.3']));
    expect(figure.data.some(({ name }: Any) => name === 'best epoch')).toBe(true);
    expect(figure.layout.yaxis2).toBeUndefined();
  });

  it('shades to the end where no last epoch is told, and not beyond the axis', () => {
    const [shade] = draw({ where: { epoch: 10 } })!.layout.shapes;
    expect([shade.x0, shade.x1]).toEqual([9.5, 10.1]);
    expect(draw({ where: { epoch: 10 } })!.data.some(({ name }: Any) => name === 'best epoch')).toBe(false);
  });

  it('draws the accuracy beneath where the finding speaks of it', () => {
    const figure = draw({ where: { epoch: 10 }, evidence: { accuracy: 0.9, priorAccuracy: 0.1 } })!;
    expect(figure.layout.yaxis2.title.text).toBe('accuracy');
    expect(texts(figure)).toContain('a guess 0.1');
  });

  it('draws the losses of the steps themselves where they are what differs', () => {
    const figure = draw({ where: { epoch: 10, layer: 'norm' }, evidence: { running: 0.2, inference: 0.9 } })!;
    const line = figure.data.find(({ name }: Any) => name === 'in the steps themselves');
    expect(line.line.dash).toBe('dash');
    expect(line.y).toHaveLength(10);
  });

  it('stays as it is', () => {
    expect(JSON.parse(JSON.stringify(draw(rising)))).toMatchSnapshot();
  });
});

describe('a finding on a step', () => {
  it('marks the step among the losses of the steps', () => {
    const figure = draw({ where: { step: 4, epoch: 1 }, evidence: { peak: 9, priorLoss: 2.3 } })!;
    const mark = figure.data.at(-1);
    expect([mark.x, mark.y, mark.marker.color]).toEqual([[4], [9], STRANGE]);
    expect(figure.data[0].x).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(texts(figure)).toEqual(['a guess 2.3', '▼ step 4']);
    expect(figure.layout.yaxis.type).toBeUndefined();
  });

  it('marks what was there before the first step, and draws one line for two equal levels', () => {
    const evidence = { initialLoss: 7, expected: 2.3, priorLoss: 2.302 };
    const figure = draw({ where: { step: 0 }, evidence })!;
    expect(texts(figure)).toEqual(['undecided 2.3', '▼ before the first step']);
    expect(figure.data.at(-1).y).toEqual([7]);
  });

  it('takes a log scale where the loss reaches many times its usual size', () => {
    // Usual is 0.4 or so; 300 times that is 120.
    const at = (peak: number): unknown => draw({ where: { step: 4 }, evidence: { peak } })!.layout.yaxis.type;
    expect([at(100), at(200)]).toEqual([undefined, 'log']);
  });

  it('has no picture of two steps', () => {
    const steps = { stride: 1, loss: [1, 1], learningRate: [1, 1] };
    expect(draw({ where: { step: 2 } }, makeLog({ steps, epochs: [] }))).toBeNull();
  });
});

describe('a finding on a layer', () => {
  const log = makeLog({
    layers: [layer('first', Array<number>(10).fill(0.001), 400), layer('last', Array<number>(10).fill(1))],
    activations: ['first', 'last'].map((name, i) => ({
      ...{ name, mean: [], spread: [], zeros: [], saturated: [] },
      dead: Array<number>(10).fill(i === 0 ? 0.75 : 0),
    })),
  });

  it.each([
    [{ dead: 0.75 }, 'dead units (share)', 0.75],
    [{ highest: 1 }, 'gradient norm', 0.001],
    // By weight: 0.001 / √400.
    [{ smallest: 1, largest: 2 }, 'gradient norm / √weights', 0.00005],
    [{ epochs: 10 }, 'update ratio ‖Δw‖ / ‖w‖', 0.001],
  ])('draws what %j speaks of, the layer in vermilion and named', (evidence, title, value) => {
    const figure = draw({ where: { layer: 'first' }, evidence }, log)!;
    expect(figure.layout.yaxis.title.text).toBe(title);
    expect(figure.data.map(({ line }: Any) => line.color)).toEqual(['#8A8A8A', STRANGE]);
    expect(figure.data[1].y[0]).toBeCloseTo(value, 12);
    expect(texts(figure)).toEqual(expect.arrayContaining(['◀ first', 'last']));
  });

  it('has a linear scale for what stands at zero, which a log scale has no place for', () => {
    const still = makeLog({
      layers: [layer('first', Array<number>(10).fill(0)), layer('last', Array<number>(10).fill(1))],
    });
    const figure = draw({ where: { layer: 'first' }, evidence: { epochs: 10 } }, still)!;
    expect(figure.layout.yaxis.type).toBeUndefined();
    expect(figure.data[1].y).toEqual(Array(10).fill(0));
  });

  it('takes all layers for strange where none is named', () => {
    const figure = draw({ where: { epoch: 1 }, evidence: { typical: 0.5, largest: 1 } }, log)!;
    expect(figure.data.map(({ line }: Any) => line.color)).toEqual([STRANGE, STRANGE]);
    expect(figure.layout.shapes[0]).toMatchObject({ y0: 1e-4, y1: 1e-2 });
  });

  it('has no picture of a layer that the log does not follow', () => {
    expect(draw({ where: { layer: 'other' }, evidence: { dead: 1 } }, log)).toBeNull();
  });
});

describe('a finding on a column', () => {
  const bars = (evidence: FindingData['evidence'], log = withColumns()): Any =>
    draw({ where: { column: 'income' }, evidence }, log)!;

  it('draws the columns worst first, that of the finding in vermilion behind an arrow', () => {
    const figure = bars({ missing: 60, n: 1000 });
    const [trace] = figure.data;
    expect(trace.x).toEqual([0.05, 0.01, 0]);
    expect(trace.marker.color).toEqual([STRANGE, '#8A8A8A', '#8A8A8A']);
    expect(figure.layout.yaxis.ticktext[0]).toContain('▶ income');
    expect(texts(figure)).toEqual(['<b>5.0 %</b>', '1.0 %', '0 %']);
  });

  it('draws sizes by their distance from 1 on a log scale', () => {
    // √(3000² + 4000²) = 5000; √(1 + 1) = 1.41; 1.
    const figure = bars({ scale: 5000, otherScale: 1 });
    expect(figure.data[0].x.map((x: number) => 10 ** x)).toEqual([
      expect.closeTo(5000, 6),
      expect.closeTo(Math.SQRT2, 6),
      expect.closeTo(1, 6),
    ]);
    expect(figure.layout.xaxis.ticktext).toContain('10<sup>3</sup>');
  });

  it('draws how well a column tells the label, and how far repeated values lie off', () => {
    expect(texts(bars({ skill: 0.998 }))).toEqual(['<b>99.8 %</b>', '40 %']);
    expect(bars({ gap: 12, count: 20 }).data[0].x).toEqual([12, 0, 0]);
  });

  it('compares with validation: the shift, or the spread where that is what differs more', () => {
    const moved = withColumns({ mean: [0, 7000, 1] });
    // (7000 − 3000) / 4000 = 1 standard deviation.
    expect(bars({ shift: 1, ratio: 1 }, moved).data[0].x).toEqual([1, 0, 0]);
    const wide = withColumns({ sd: [1, 40_000, 1] });
    expect(texts(bars({ shift: 0, ratio: 10 }, wide))).toEqual(['<b>10 ×</b>', '1 ×', '1 ×']);
    expect(draw({ where: { column: 'income' }, evidence: { shift: 1, ratio: 1 } }, withColumns())).toBeNull();
  });

  it('keeps to twelve columns and says so', () => {
    const names = Array.from({ length: 30 }, (_, i) => `c${i}`);
    const data = withColumns().data;
    const many = { ...columns, names, missing: names.map((_, i) => 30 - i) };
    const log = makeLog({ data: { ...data, train: { ...data.train!, columns: many } } });
    const figure = draw({ where: { column: 'c0' }, evidence: { missing: 99 } }, log)!;
    expect(figure.data[0].y).toHaveLength(12);
    expect(figure.layout.title.text).toContain('the 12 strangest of 30 columns');
  });

  it('stays as it is', () => {
    expect(JSON.parse(JSON.stringify(bars({ missing: 60, n: 1000 })))).toMatchSnapshot();
  });
});

describe('a finding on a class', () => {
  const classes = ['cat', 'dog', 'owl'];
  const outcome = { n: 30, spread: 1, targetSpread: 1, range: [0, 1] as const, residual: null };
  const confusion = [
    [9, 1, 0],
    [0, 10, 0],
    [4, 6, 0],
  ];
  const judged = makeLog({
    classes,
    outcome: { train: { ...outcome, confusion: null }, validation: { ...outcome, confusion } },
    data: {
      train: { ...makeLog().data.train!, classCounts: [60, 30, 10] },
      validation: { ...makeLog().data.validation!, classCounts: [10, 10, 0] },
    },
  });

  it('frames the row of the class among the answers', () => {
    const figure = draw({ where: { class: 'owl' }, evidence: { count: 10, n: 30 } }, judged)!;
    expect(figure.data[0].type).toBe('heatmap');
    expect(figure.layout.shapes).toMatchObject([{ y0: 1.5, y1: 2.5, line: { color: STRANGE } }]);
    expect(figure.layout.yaxis.ticktext[2]).toContain('▶ owl');
    expect(figure.layout.xaxis.ticktext).toEqual(classes);
  });

  it('frames all classes of a ring', () => {
    const parts = { where: { class: 'cat' }, evidence: { classes: 'cat → owl', asOther: 9 } };
    expect(draw(parts, judged)!.layout.shapes.map(({ y0 }: Any) => y0)).toEqual([-0.5, 1.5]);
  });

  it('draws the counts where they are what is strange, or the answers are not known', () => {
    const evidence = { trainShare: 0.6, validationShare: 0.5 };
    const figure = draw({ where: { class: 'cat' }, evidence }, judged)!;
    expect(figure.data.map(({ x }: Any) => x)).toEqual([
      [0.6, 0.3, 0.1],
      [0.5, 0.5, 0],
    ]);
    expect(texts(figure)).toContain('60 (60 %)');
    expect(figure.layout.shapes).toMatchObject([{ y0: -0.5, y1: 0.5 }]);
    const unknown = makeLog({ classes, data: judged.data });
    expect(draw({ where: { class: 'owl' }, evidence: { count: 10 } }, unknown)!.data[0].type).toBe('bar');
    expect(JSON.parse(JSON.stringify(figure))).toMatchSnapshot();
  });
});

describe('marks', () => {
  it('keeps a shade wide enough to be seen, and its word inside', () => {
    const { shapes, annotations } = shadeMarks([1000, 1000], [0, 1000], 'step 1000');
    // A hundredth of the axis around 1000, of which half lies beyond.
    expect(shapes[0]).toMatchObject({ x0: 995, x1: 1000 });
    expect(annotations[0]).toMatchObject({ x: 1000, xanchor: 'right', text: '▼ step 1000' });
  });

  it('names folds where the axis is short and powers of ten where it is long', () => {
    expect(foldTicks(-0.4, 0.8).ticktext).toEqual(['0.5', '1', '2', '5']);
    expect(foldTicks(0, 5).ticktext).toEqual([0, 1, 2, 3, 4, 5].map((power) => `10<sup>${power}</sup>`));
  });
});
