import type { RunLog } from '../../src/build/types';
import { treeRows } from '../../src/figures/tree-bars';
import * as figures from '../../src/figures';
import { endLabels, rangeOf, type LineEnd } from '../../src/figures/end-labels';
import { percent, shortText, threeDigits } from '../../src/figures/template';
import { makeLog, epoch } from '../suspect/make-log';
import { sliceBranches } from '../../src/figures/slice-branches';
import type { FoundSlices } from '../../src/look/slices/types';
import { foundSlicesOf } from './found-slices';
import { slicesOf, confusionOf, confirmationOf, labelConfusionOf, ladderOf } from './results';

type Any = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

describe('learningCurve', () => {
  const turning = makeLog({
    name: 'before',
    epochs: [
      epoch(1, [1, 0.5], [1.1, 0.5]),
      epoch(2, [0.6, 0.7], [0.8, 0.6]),
      epoch(3, [0.3, 0.9], [0.9, 0.6]),
    ],
  });

  it('says where validation stops improving and marks that epoch', () => {
    const figure = figures.learningCurve(turning);
    expect(figure.title).toBe('Validation loss stops improving after epoch 2 of 3');
    const star = figure.data.find((trace) => trace.name === 'best epoch') as Any;
    expect([star.x, star.y]).toEqual([[2], [0.8]]);
  });

  it('draws one standard error on validation, or 1.96', () => {
    // standard error 0.02: 1.1 + 0.02 and 1.1 + 1.96 × 0.02
    const top = (band: 1 | 1.96): number => {
      const trace = figures.learningCurve(turning, { band }).data.find((t) => t.fill === 'toself') as Any;
      return trace.y[0];
    };
    expect(top(1)).toBeCloseTo(1.12, 12);
    expect(top(1.96)).toBeCloseTo(1.1392, 12);
  });

  it('lays two runs over each other', () => {
    const after = makeLog({ name: 'after' });
    const figure = figures.learningCurve([turning, after], { metric: 'loss' });
    expect(figure.title).toBe('Best validation loss: 0.8 (before) → 0.25 (after)');
    expect(figure.data.filter((t) => t.mode === 'lines+markers')).toHaveLength(4);
    expect(
      figures.learningCurve([turning, after]).data.filter((t) => t.mode === 'lines+markers'),
    ).toHaveLength(8);
  });

  it('draws a goal of the same metric, a run without epochs, and refuses unknown metrics', () => {
    const goals = { baseline: null, humanLevel: { metric: 'accuracy', value: 0.95, source: 'two people' } };
    const shapes = (figures.learningCurve(makeLog({ goals }), { metric: 'accuracy' }).layout as Any).shapes;
    expect(shapes[0].y0).toBe(0.95);
    const levels = (options: object): unknown[] =>
      (figures.learningCurve(makeLog({ goals }), options).layout as Any).shapes.filter(
        (s: Any) => s.x1 === 1,
      );
    expect(levels({ metric: 'loss' })).toEqual([]);
    expect(levels({})).toMatchObject([{ yref: 'y2', y0: 0.95 }]);
    const steps = { stride: 1, loss: [], learningRate: [] };
    expect(figures.learningCurve(makeLog({ epochs: [], steps })).title).toBe('No epoch has ended yet');
    expect(() => figures.learningCurve(makeLog(), { metric: 'acuracy' })).toThrow('must be one of: loss');
    expect(() => figures.learningCurve([])).toThrow('at least one log');
    expect(() => figures.learningCurve(undefined as never)).toThrow('must be a result of kind "run-log"');
    expect(() => figures.confusion(slicesOf() as never)).toThrow('must be a result of kind "confusion"');
    expect(() => figures.learningCurve(makeLog(), { band: 2 as never })).toThrow('must be 1 or 1.96; got 2');
    const log = makeLog();
    expect(figures.learningCurve({ kind: 'run', log })).toEqual(figures.learningCurve(log));
  });

  it('takes the direction of a metric from the log, and has no best epoch where nobody knows it', () => {
    const log = makeLog();
    const title = (of: RunLog, options: object = {}): string =>
      figures.learningCurve(of, { metric: 'accuracy', ...options }).title;
    const { config } = log;
    const told = (higherIsBetter?: Record<string, boolean>): RunLog =>
      makeLog({ config: { ...config, higherIsBetter } });
    // Validation accuracy rises to the last epoch: its best is the last where more is better, the first where less is.
    expect(title(log)).toContain('is best at the last epoch, 10');
    expect(title(told({ accuracy: false }))).toContain('stops improving after epoch 1 of 10');
    for (const unknown of [told({}), told(undefined)]) {
      expect(title(unknown)).toBe('Training accuracy rises from 0.5 to 0.933 over 10 epochs');
      const drawn = figures.learningCurve(unknown, { metric: 'accuracy' });
      expect(drawn.data.filter(({ name }) => name === 'best epoch')).toEqual([]);
      expect(JSON.stringify(drawn.layout)).not.toContain('no validation data');
      expect(title(unknown, { higherIsBetter: true })).toContain('is best at the last epoch, 10');
    }
  });

  it('is plain JSON that stays as it is', () => {
    expect(JSON.parse(JSON.stringify(figures.learningCurve(turning)))).toMatchSnapshot();
  });
});

describe('difficultySlices', () => {
  it('names the slice that costs most', () => {
    const figure = figures.difficultySlices(slicesOf());
    expect(figure.title).toBe('The error rate is 40 % in "hard", 20 % overall');
    const [bars] = figure.data as Any[];
    expect(bars.marker.color).toEqual(['#0072B2', '#D55E00']);
    expect(bars.error_y.array.map((v: number) => Number(v.toFixed(3)))).toEqual([0.1, 0.2]);
    expect((figure.layout as Any).xaxis.ticktext[1]).toBe(
      'hard<br><b>worst</b><br>100 % of errors<br>n = 10',
    );
  });
});

describe('confusion', () => {
  it('shows shares of rows and shows tags in class names instead of obeying them', () => {
    const figure = figures.confusion(confusionOf());
    expect(figure.title).toBe('"cat" is taken for "<b>dog</b>" most often: 3 of 10');
    const [mistakes, right] = figure.data as Any[];
    expect(mistakes.z).toEqual([[null, 0.3], [0, null]]); // prettier-ignore
    expect(mistakes.text).toEqual([['', '3<br>30 %'], ['0', '']]); // prettier-ignore
    expect(mistakes.zmax).toBe(0.3);
    expect(right.z).toEqual([[0.7, null], [null, 1]]); // prettier-ignore
    expect(right.text).toEqual([['7<br>70 %', ''], ['', '5<br>100 %']]); // prettier-ignore
    expect((figure.layout as Any).xaxis.ticktext).toEqual(['cat', '&lt;b&gt;dog&lt;/b&gt;']);
    expect(JSON.stringify(figure.layout)).not.toContain('<b>dog');
  });
});

describe('slices', () => {
  const found = foundSlicesOf();

  it('says where the error is highest, with both intervals, the share of errors and the verdict in words', () => {
    const figure = figures.slices(found);
    expect(figure.title).toBe(
      'The error rate is 31 % where age < 25, 12 % overall; 36 % of all errors are there',
    );
    const [error, searched, share] = figure.data as Any[];
    expect(error.x).toEqual([0.31, 0.5, 0.24, 0.26, 0.15]);
    expect(error.error_x.array[1]).toBeCloseTo(0.63 - 0.5, 12);
    expect(error.error_x.arrayminus[1]).toBeCloseTo(0.5 - 0.36, 12);
    expect(searched.x[0]).toBeCloseTo(0.341, 12);
    expect(share.x[1]).toBeCloseTo(30 / 360, 12);
    const words = (figure.layout as Any).annotations.map(({ text }: Any) => text);
    expect(words[0]).toBe('overall 12 %');
    expect(words[1]).toContain('age &lt; 25</b>');
    expect(words[1]).toContain(
      '420 examples (14 %), 36 % of errors · 2.6 times the whole · confirmed, q = 0.0011',
    );
    expect(words[5]).toContain('not confirmed, q = 0.4');
    expect(JSON.stringify(figure.layout.annotations)).not.toContain('<b>job');
  });

  it('says what was not tested, what was not confirmed and what is not drawn', () => {
    const untested = found.slices.map((slice) => ({ ...slice, heldOut: null, qValue: NaN }));
    const alone = {
      ...found,
      slices: untested,
      unconfirmed: [],
      rows: { ...found.rows, heldOut: 0 },
    } as FoundSlices;
    expect(JSON.stringify(figures.slices(alone).layout)).toContain('not tested');
    expect((figures.slices(alone).data[1] as Any).x).toEqual([]);
    expect(figures.slices({ ...found, slices: [] }).title).toBe(
      'No slice was confirmed as worse than the whole: error rate 12 % overall',
    );
    const many = { ...found, slices: Array.from({ length: 14 }, () => found.slices[0]) };
    expect(JSON.stringify(figures.slices(many).layout)).toContain('3 more are not drawn'); // 14 + 1 − 12
    expect(() => figures.slices(slicesOf() as never)).toThrow('slices: "found" must be');
  });

  it('grows a tree: refinements below what they narrow, slices below what they share', () => {
    expect(sliceBranches(found).map(({ depth, words, drawn }) => [depth, words, drawn?.slice.n])).toEqual([
      [0, 'age < 25', 420],
      [1, 'and hours is missing', 60],
      [0, '<b>job</b> = <b>job</b>', undefined],
      [1, 'and town = Ulm', 90],
      [1, 'and 1.5 ≤ height < 1.7', 50],
      [0, 'town = Bonn', 40],
    ]);
    const figure = figures.sliceTree(found);
    expect(figure.title).toBe(
      'The highest error rate is 50 % where age < 25 and hours is missing, 12 % overall',
    );
    const [bars] = figure.data as Any[];
    expect(bars.x).toEqual([0.14, 0.02, 0.03, 50 / 3000, 40 / 3000]);
    expect(bars.marker.color[1]).toBeCloseTo(0.5 / 0.12, 12);
    expect(bars.base[0]).toBe(0);
    expect(bars.base[1]).toBeGreaterThan(0);
    expect(JSON.stringify(figure)).not.toContain('<b>job');
    expect(figures.sliceTree({ ...found, slices: [], unconfirmed: [] }).data).toHaveLength(2);
  });

  it('knows the bar of each slice of the tree', () => {
    const bars = figures.sliceTree(found).data[0] as unknown as Record<'x' | 'y' | 'base', number[]>;
    const places = treeRows(found).bars;
    expect(places).toHaveLength(bars.x.length);
    for (const { slice, point, box } of places) {
      expect(bars.x[point]).toBe(slice.shareOfExamples);
      expect([bars.base[point], (box[1] + box[3]) / 2]).toEqual([box[0], bars.y[point]]);
    }
  });

  it('matches the snapshot', () => {
    expect(figures.slices(found)).toMatchSnapshot();
    expect(figures.sliceTree(found)).toMatchSnapshot();
  });
});

describe('labelConfusion', () => {
  it('stacks found, missed and false alarms of each label, most mistakes first', () => {
    const figure = figures.labelConfusion(labelConfusionOf());
    expect(figure.title).toBe('"<b>rain</b>" has most mistakes: 0 missed, 2 false alarms');
    const layout = figure.layout as Any;
    expect(layout.yaxis.ticktext).toEqual(['&lt;b&gt;rain&lt;/b&gt;', 'wind']);
    expect((figure.data as Any[]).map(({ name, x }) => [name, x])).toEqual([
      ['found', [0, 4]],
      ['missed', [0, 1]],
      ['false alarms', [2, 0]],
    ]);
    expect(layout.barmode).toBe('stack');
    expect(layout.annotations.map(({ x, text }: Any) => [x, text])).toEqual([
      [2, '0 found, 0 missed, 2 false · —, 0 %'],
      [5, '4 found, 1 missed, 0 false · 80 %, 100 %'],
    ]);
    expect(JSON.stringify(layout)).not.toContain('<b>rain');
  });

  it('draws thirty labels and says how many it leaves out; without a mistake it says so', () => {
    const { labels, ...rest } = labelConfusionOf();
    const many = Array.from({ length: 40 }, (_, k) => ({ ...labels[0], label: `l${k}`, missed: 0 }));
    const figure = figures.labelConfusion({ ...rest, labels: many });
    expect(figure.title).toBe('No label is predicted wrongly');
    expect((figure.data as Any[])[0].x).toHaveLength(30);
    expect(JSON.stringify(figure.layout)).toMatch(/10 labels(<br>| )with fewer mistakes not drawn/);
    expect(() => figures.labelConfusion(confusionOf() as never)).toThrow('of kind "label-confusion"');
  });
});

describe('experiment', () => {
  it('draws each arm over its steps, on a log scale where losses span much', () => {
    const figure = figures.experiment(confirmationOf());
    expect(figure.title).toBe('The learning rate was too high.');
    const [first] = figure.data as Any[];
    expect(first.x).toEqual([0, 50, 100]);
    expect((figure.layout as Any).yaxis.type).toBe('log'); // 2 / 0.01 = 200 > 50
  });
});

describe('numbers in words', () => {
  it('have three significant digits and say what is not a number', () => {
    const numbers = [0.123456, 1234, 12345.6, 0.00001234, -2.5, NaN, Infinity, -Infinity];
    expect(numbers.map(threeDigits)).toEqual(['0.123', '1234', '12300', '1.23e−5', '−2.5', '—', '∞', '−∞']);
    expect([0.0996, 0.05, 0, 1, NaN].map(percent)).toEqual(['10 %', '5.0 %', '0 %', '100 %', '—']);
    expect(shortText('abcdef', 4)).toBe('abc…');
  });
});

describe('endLabels', () => {
  it('pushes names 16 pixels apart upwards and leaves others alone', () => {
    // Range 0 to 1 on 280 pixels: 0.5 and 0.51 are 2.8 pixels apart, so the upper one moves by 16 − 2.8 = 13.2.
    const at = (y: number): LineEnd => ({ x: 1, y, text: String(y), colour: 'red' });
    const labels = endLabels([at(0.51), at(0.5), at(0.9)], { range: [0, 1], height: 280 });
    expect(labels.map((label) => [label.text, label.yshift])).toEqual([
      ['0.5', 0],
      ['0.51', 13],
      ['0.9', 0],
    ]);
    expect(rangeOf([0, NaN, 10, 20])).toEqual([-1, 21]);
    expect(rangeOf([])).toBeUndefined();
  });

  it('goes down again from the top where there is no more room', () => {
    // 0.98 and 1 of 100 pixels: 98 and 100; pushed up to 114, which is above the top: 100, and 84 below it (98 − 14).
    const at = (y: number): LineEnd => ({ x: 1, y, text: String(y), colour: 'red' });
    const labels = endLabels([at(0.98), at(1)], { range: [0, 1], height: 100, yref: 'y2' });
    expect(labels.map(({ text, yshift, yref }) => [text, yshift, yref])).toEqual([
      ['0.98', -14, 'y2'],
      ['1', 0, 'y2'],
    ]);
  });
});

describe('baselines', () => {
  it('puts a dot for each model, the floor at the border where it lies far off, and people as a line', () => {
    const figure = figures.baselines(ladderOf());
    const [training, validation] = figure.data as Any[];
    // Those that learn reach from 0.91 to 0.99 and the goal 0.99; a sixteenth of 0.08 on either side: 0.905.
    expect(validation.x[0]).toBeCloseTo(0.905, 12);
    expect(validation.marker.symbol).toEqual(['triangle-left', 'diamond', 'circle']);
    expect(training.x[0]).toBeNull();
    expect(validation.error_x.arrayminus.map((v: number) => Number(v.toFixed(3)))).toEqual([0, 0.04, 0.035]);
    const { shapes, annotations } = figure.layout as Any;
    expect(shapes[0]).toMatchObject({ x0: 0.99, line: { color: '#009E73', dash: 'dash' } });
    expect(annotations.map((one: Any) => one.text)).toEqual([
      '49 %<br>clearly worse', '95 %<br>simplest good', '97 %<br>best', 'people: 99.0 % (two &lt;people&gt;)',
    ]); // prettier-ignore
    expect(JSON.parse(JSON.stringify(figure))).toMatchSnapshot();
  });

  it('shows all where they lie close, and refuses what is no ladder', () => {
    const ladder = ladderOf();
    const rows = ladder.rows.map((row) => ({ ...row, trivial: false }));
    const [, validation] = figures.baselines({ ...ladder, rows, human: null }).data as Any[];
    expect(validation.x).toEqual([0.49, 0.95, 0.965]);
    expect(figures.baselines({ ...ladder, rows: [], human: null }).data).toHaveLength(2);
    expect(() => figures.baselines(slicesOf() as never)).toThrow('must be a result of kind "baselines"');
  });
});
