import { groupOf, type CurveSubject } from './curve-groups';
import { figure, type Figure } from './figure';
import { layerHeat, ROW_LETTERS } from './layer-heat';
import { layerLines, NAME_LETTERS } from './layer-lines';
import { layerPanels, type LayerPanel } from './layer-panels';
import { layersTitle } from './layers-title';
import { gridCells, layGrid, type GridSpace } from './panel-grid';
import { shortText } from './template';

/** Layers that are drawn as lines; of more, a row each in a heat map. */
const MOST_LINES = 8;

const known = ({ series }: LayerPanel): boolean => series.some(({ values }) => values.some(Number.isFinite));
const moves = ({ series }: LayerPanel): boolean =>
  series.some(({ values }) => values.some((value) => Math.abs(value) > 0));

function spaceOf(panels: readonly LayerPanel[], heat: boolean): GridSpace {
  const rows = Math.max(1, ...panels.map(({ series }) => series.length));
  const names = panels.flatMap(({ series }) => series.map(({ name }) => name));
  const longest = (letters: number): number =>
    Math.max(4, ...names.map((name) => [...shortText(name, letters)].length));
  return heat
    ? {
        height: Math.min(320, Math.max(120, 11 * rows)),
        left: 20 + 7 * longest(ROW_LETTERS),
        right: 62,
        between: 22,
      }
    : { height: 128, left: 58, right: 12 + 8 * longest(NAME_LETTERS), between: 48 };
}

/** What the panels rest on, and what is not drawn. */
function subtitleOf(
  subject: ReturnType<typeof groupOf>,
  panels: readonly LayerPanel[],
  left: { readonly zero: readonly LayerPanel[]; readonly unknown: readonly LayerPanel[] },
  heat: boolean,
): string {
  const { logs } = subject;
  const frozen = logs[0].layers.filter(({ trainable }) => !trainable).map(({ name }) => name);
  const layers = Math.max(...panels.map(({ series }) => series.length), 0);
  return [
    `${layers} ${layers === 1 ? 'layer' : 'layers'}${layers > 1 ? (heat ? ', first on top' : ', first (blue) to last (orange)') : ''}`,
    'means over some steps of each epoch',
    logs.length > 1 ? `median over ${logs.length} seeds, lowest to highest shaded` : '',
    panels[0]?.word === 'update ratio'
      ? `${heat ? '' : 'shaded: '}usual updates are a factor of ten around 10⁻³ (Karpathy, CS231n notes, 2015)`
      : '',
    left.zero.length > 0 ? `0 throughout: ${left.zero.map(({ word }) => word).join(', ')}` : '',
    left.unknown.length > 0 ? `not in the log: ${left.unknown.map(({ word }) => word).join(', ')}` : '',
    frozen.length > 0 ? `not trained: ${frozen.slice(0, 3).join(', ')}${frozen.length > 3 ? ' …' : ''}` : '',
    `seed${logs.length > 1 ? 's' : ''} ${logs.map(({ seed }) => seed ?? 'unknown').join(', ')}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/**
 * Returns what happened inside a model, layer by layer from first to last: how far each step moves the weights, how large
 * the gradients are, mean and standard deviation of what comes out, and the share of units that are dead, of zeros and of
 * saturated outputs. Look here when a curve does not fall, or falls late: updates that shrink from layer to layer, layers
 * that died, outputs that grow. Up to eight layers are lines, coloured by depth; more are rows of heat maps. What is zero in
 * all layers or not in the log is said instead of drawn.
 *
 * @param subject a run, its log, or the runs of several seeds (then the median and the range over seeds)
 * @returns a Plotly figure; its title is the sentence it shows
 * @throws InputError `invalid-type` for anything else
 * @example
 * const build = ({ tf, inputShape, units }) =>
 *   tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax', name: 'out' })] });
 * const run = await fit(build, datasets.iris(), { epochs: 3, seed: 1 });
 * figures.layers(run).title.startsWith('"out" moves by') // => true
 * @see Andrej Karpathy, "CS231n: ratio of weights to updates", 2015
 */
export function layers(subject: CurveSubject): Figure {
  const group = groupOf('layers', subject);
  const all = layerPanels(group);
  const title = layersTitle(group, all);
  const unknown = all.filter((panel) => !known(panel));
  const zero = all.filter((panel) => known(panel) && !moves(panel));
  const panels = all.filter((panel) => known(panel) && moves(panel));
  const heat = panels.some(({ series }) => series.length > MOST_LINES);
  const space = spaceOf(panels, heat);
  const cells = gridCells(panels.length, space);
  const ended = group.logs.some(({ epochs }) => epochs.length > 0);
  const last = Math.max(1, ...panels.flatMap(({ series }) => series[0].epochs.slice(-1)));
  return figure({
    title,
    ...layGrid(
      {
        title,
        subtitle: subtitleOf(group, panels, ended ? { zero, unknown } : { zero: [], unknown: [] }, heat),
        xTitle: 'epoch',
        xRange: heat ? [0.5, last + 0.5] : [Math.min(1, last - 1), last + 0.02 * last],
        space,
      },
      cells,
      panels.map((panel, i) => (heat ? layerHeat : layerLines)(panel, cells[i])),
    ),
  });
}
