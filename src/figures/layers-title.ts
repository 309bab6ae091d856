import type { CurveGroup } from './curve-groups';
import type { LayerPanel, LayerSeries } from './layer-panels';
import { percent, threeDigits } from './template';

/** Update ratios that are usual: a factor of ten around 10⁻³. */
export const USUAL_UPDATES = [1e-4, 1e-2] as const;

/** Fewest times that the updates of one layer must be those of another to be told. */
const FOLD = 10;

/** Geometric mean over the last half of the epochs; NaN where nothing is above zero. */
function lately({ values }: LayerSeries): number {
  const known = values.slice(Math.floor(values.length / 2)).filter((v) => v > 0 && Number.isFinite(v));
  return Math.exp(known.reduce((sum, v) => sum + Math.log(v), 0) / known.length);
}

const times = (fold: number): string =>
  fold < 1e6 ? String(Number(fold.toPrecision(2))) : threeDigits(fold);

/** Returns the sentence that the layers show. */
export function layersTitle({ logs }: CurveGroup, panels: readonly LayerPanel[]): string {
  const broken = logs.find(({ nonFinite }) => nonFinite !== null)?.nonFinite;
  if (broken) return `The ${broken.what} stopped being a number in epoch ${broken.epoch}`;
  if (logs.every(({ epochs }) => epochs.length === 0)) return 'No epoch has ended yet';
  const panel = (word: string): readonly LayerSeries[] => panels.find((one) => one.word === word)!.series;
  const dead = panel('dead units')
    .map(({ name, values }) => ({ name, share: values[values.length - 1] ?? NaN }))
    .filter(({ share }) => share >= 0.5)
    .sort((a, b) => b.share - a.share);
  if (dead.length > 0) return `"${dead[0].name}" ends with ${percent(dead[0].share)} of its units dead`;
  const updates = panel('update ratio')
    .map((series) => ({ name: series.name, ratio: lately(series) }))
    .filter(({ ratio }) => Number.isFinite(ratio));
  if (updates.length === 0) return 'No layer moved';
  const [first, last] = [updates[0].ratio, updates[updates.length - 1].ratio];
  if (last / first >= FOLD)
    return `Updates shrink ${times(last / first)}-fold from the last layer to the first`;
  if (first / last >= FOLD)
    return `Updates grow ${times(first / last)}-fold from the last layer to the first`;
  const [low, high] = USUAL_UPDATES;
  const off = updates.filter(({ ratio }) => ratio < low || ratio > high);
  if (off.length > 0) {
    const far = ({ ratio }: { ratio: number }): number => Math.abs(Math.log10(ratio) + 3);
    const worst = off.reduce((a, b) => (far(b) > far(a) ? b : a));
    const side = worst.ratio > high ? 'more' : 'less';
    return `"${worst.name}" moves by ${threeDigits(worst.ratio)} of its weights a step, ${side} than usual`;
  }
  const ratios = updates.map(({ ratio }) => ratio);
  const range = `${threeDigits(Math.min(...ratios))} and ${threeDigits(Math.max(...ratios))}`;
  return updates.length === 1
    ? `"${updates[0].name}" moves by ${threeDigits(first)} of its weights a step, as is usual`
    : `All layers move by between ${range} of their weights a step, as is usual`;
}
