import type { ActivationRecord, LayerRecord, RunLog } from '../../src/build/types';
import * as figures from '../../src/figures';
import { depthColour } from '../../src/figures/depth-colour';
import { epoch, makeLog } from '../suspect/make-log';

type Any = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

const layer = (name: string, updateRatio: readonly number[], trainable = true): LayerRecord => ({
  name,
  type: 'Dense',
  parameters: 4,
  trainable,
  updateRatio,
  gradientNorm: updateRatio.map((ratio) => 10 * ratio),
  weightNorm: updateRatio.map(() => 1),
});
const output = (name: string, dead: number, n: number): ActivationRecord => ({
  name,
  mean: Array<number>(n).fill(0.5),
  spread: Array<number>(n).fill(1),
  zeros: Array<number>(n).fill(0.25),
  saturated: Array<number>(n).fill(0),
  dead: Array<number>(n).fill(dead),
});

/** A run of layers with these update ratios in each epoch, named by letters. */
function runOf(ratios: readonly (readonly number[])[], change: Partial<RunLog> = {}, prefix = ''): RunLog {
  const names = ratios.map((_, i) => `${prefix}${String.fromCharCode(97 + i)}`);
  const n = ratios[0].length;
  const { model } = makeLog();
  return makeLog({
    epochs: Array.from({ length: n }, (_, i) => epoch(i + 1, [1, 0.5], [1, 0.5])),
    model: {
      ...model,
      layers: names.map((name) => ({ name, type: 'Dense', outputShape: [null, 2], parameters: 4 })),
    },
    layers: ratios.map((ratio, i) => layer(names[i], ratio)),
    activations: names.map((name) => output(name, 0, n)),
    ...change,
  });
}
const subtitle = (figure: figures.Figure): string =>
  (figure.layout as Any).title.text.split('<br>').slice(1).join(' ');
const titles = (figure: figures.Figure): string[] =>
  (figure.layout as Any).annotations
    .map(({ text }: Any) => text)
    .filter((text: string) => text.startsWith('<b>'));

describe('layers', () => {
  it('says how much smaller the updates of the first layer are', () => {
    // Geometric means over the last half (two epochs of four): 1e-5 and 2e-3.
    const run = runOf([[1, 1, 1e-5, 1e-5], [1, 1, 1e-3, 4e-3]]); // prettier-ignore
    expect(figures.layers(run).title).toBe('Updates shrink 200-fold from the last layer to the first');
    const turned = runOf([[1e-3, 1e-3], [1e-5, 1e-5]]); // prettier-ignore
    expect(figures.layers(turned).title).toBe('Updates grow 100-fold from the last layer to the first');
  });

  it('names a layer that moves too far, one that died, and says when all is usual', () => {
    expect(figures.layers(runOf([[1e-3], [5e-3]])).title).toBe(
      'All layers move by between 0.001 and 0.005 of their weights a step, as is usual',
    );
    expect(figures.layers(runOf([[8e-3], [5e-2]])).title).toBe(
      '"b" moves by 0.05 of its weights a step, more than usual',
    );
    expect(figures.layers(runOf([[5e-5]])).title).toBe(
      '"a" moves by 0.00005 of its weights a step, less than usual'.replace('0.00005', '5.00e−5'),
    );
    const dead = runOf([[1e-3], [1e-3]], { activations: [output('a', 0.5, 1), output('b', 0.9, 1)] });
    expect(figures.layers(dead).title).toBe('"b" ends with 90 % of its units dead');
    expect(figures.layers(runOf([[0], [0]])).title).toBe('No layer moved');
    const broken = { what: 'weight' as const, step: 3, epoch: 1 };
    expect(figures.layers(runOf([[1]], { nonFinite: broken })).title).toBe(
      'The weight stopped being a number in epoch 1',
    );
  });

  it('shades usual updates, colours by depth, and says what is zero or missing instead of drawing it', () => {
    const figure = figures.layers(runOf([[1e-3, 1e-3], [1e-3, 2e-3], [1e-3, 4e-3]])); // prettier-ignore
    expect(titles(figure)).toHaveLength(5);
    expect(subtitle(figure)).toContain('0 throughout: dead units, saturated outputs');
    expect((figure.layout as Any).shapes).toMatchObject([{ type: 'rect', yref: 'y', y0: 1e-4, y1: 1e-2 }]);
    const colours = figure.data.slice(0, 3).map((t) => (t.line as Any).color);
    expect(colours).toEqual([0, 0.5, 1].map(depthColour));
    expect([depthColour(0), depthColour(1)]).toEqual(['#4c6fd1', '#e07b39']);
    const ends = (figure.layout as Any).annotations
      .filter((a: Any) => a.yref === 'y')
      .map((a: Any) => [a.text, a.y]);
    expect(ends).toEqual([['a', -3], ['b', Math.log10(2e-3)], ['c', Math.log10(4e-3)]]); // prettier-ignore
    const bare = figures.layers(runOf([[1e-3]], { activations: [] }));
    expect(subtitle(bare)).toContain('not in the log: output mean, output deviation');
    expect(titles(bare)).toEqual(['<b>update ratio ‖Δw‖ / ‖w‖</b>', '<b>gradient norm</b>']);
  });

  it('says where a line is missing because it is zero, and leaves out layers that are not trained', () => {
    const frozen = runOf([[1e-3, 1e-3]], { layers: [layer('x', [0, 0], false), layer('a', [1e-3, 0])] });
    const figure = figures.layers(frozen);
    expect(titles(figure)[0]).toBe('<b>update ratio ‖Δw‖ / ‖w‖ (no line: 0)</b>');
    expect(subtitle(figure)).toContain('not trained: x');
    expect(figure.data.filter((t) => t.yaxis === 'y').map((t) => [t.name, t.x])).toEqual([['a', [1]]]);
  });

  it('draws many layers as rows of a heat map, first on top, in logarithms', () => {
    const deep = runOf(Array.from({ length: 12 }, (_, i) => [10 ** (-2 - i / 6), 10 ** (-2 - i / 6)]));
    const figure = figures.layers(deep);
    const [map] = figure.data as Any[];
    expect([map.type, map.z.length, map.z[6]]).toEqual([
      'heatmap',
      12,
      [-3, -3].map((v) => expect.closeTo(v, 12)),
    ]);
    expect((figure.layout as Any).yaxis.range).toEqual([11.5, -0.5]);
    expect(subtitle(figure)).toContain('12 layers, first on top');
  });

  it('stays bounded for thousands of epochs', () => {
    const many = Array.from({ length: 4000 }, (_, i) => 1e-3 * (1 + (i % 5)));
    const sizes = (log: RunLog): number[] => figures.layers(log).data.map(({ x }) => (x as number[]).length);
    expect(Math.max(...sizes(runOf([many, many])))).toBeLessThanOrEqual(302);
    expect(Math.max(...sizes(runOf(Array<number[]>(9).fill(many))))).toBe(200);
  });

  it('takes the median and the range over seeds, layer by place', () => {
    const logs = [1e-3, 3e-3, 2e-3].map((ratio, seed) => runOf([[ratio, ratio]], { seed }, `n${seed}_`));
    const figure = figures.layers({ kind: 'runs', name: 'tiny', logs });
    const [band, line] = figure.data as Any[];
    expect([band.fill, band.y]).toEqual(['toself', [3e-3, 3e-3, 1e-3, 1e-3]]);
    expect(line.y).toEqual([2e-3, 2e-3]);
    expect(subtitle(figure)).toContain('median over 3 seeds, lowest to highest shaded');
  });

  it('draws nothing before the first epoch, and refuses what is no run', () => {
    const figure = figures.layers(makeLog({ epochs: [], layers: [layer('a', [])] }));
    expect([figure.title, figure.data]).toEqual(['No epoch has ended yet', []]);
    expect(() => figures.layers({} as never)).toThrow('layers: "logs" must be a result of kind "run-log"');
  });
});
