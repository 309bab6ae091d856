import type { SizeCurve } from '../look/size-curve/types';
import { checkKind } from './check-kind';
import { endLabels, rangeOf, type LineEnd } from './end-labels';
import { errorWords } from './error-words';
import { figure, type Figure, type Trace } from './figure';
import { PLOT_HEIGHT, sizeAxis, valuesOf } from './size-axis';
import { COLOURS, layoutOf, plotlyText } from './template';

/** The sentence that a curve over sizes shows. */
function titleOf({ points, title, unit, stopped }: SizeCurve): string {
  const known = points.filter(({ test }) => Number.isFinite(test.mean));
  if (known.length === 0) return 'No training has ended yet';
  const word = errorWords(unit === 'share');
  const [first, last] = [known[0], known[known.length - 1]];
  if (known.length === 1) return `The ${title} is ${word(last.test.mean)} with ${last.size} examples`;
  const [from, to] = [first.test, last.test];
  const apart = (low: typeof from, high: typeof from): boolean =>
    low.mean < high.interval[0] && high.mean > low.interval[1];
  const moves = apart(to, from) ? 'falls' : apart(from, to) ? 'rises' : 'hardly moves,';
  const so = `The ${title} ${moves} from ${word(from.mean)} with ${first.size} examples to ${word(to.mean)} with ${last.size}`;
  const train = Number.isFinite(last.train.mean) ? `; in training it is ${word(last.train.mean)}` : '';
  return `${so}${train}${stopped === 'aborted' ? ' (stopped before the end)' : ''}`;
}

/**
 * Returns test and training error against the number of training examples, on a logarithmic axis: means with bars of their
 * intervals, and the value of each seed behind them.
 *
 * @param curve a result of `learningCurve`
 * @returns a Plotly figure; its title is the sentence it shows
 * @throws InputError `invalid-type` for anything else
 */
export function sizeCurve(curve: SizeCurve): Figure {
  checkKind('learningCurve', 'curve', curve, 'size-curve');
  const share = curve.unit === 'share';
  const data: Trace[] = [];
  const ends: LineEnd[] = [];
  for (const side of ['train', 'test'] as const) {
    const known = curve.points.filter((point) => Number.isFinite(point[side].mean));
    if (known.length === 0) continue;
    const colour = side === 'train' ? COLOURS.train : COLOURS.validation;
    const word = side === 'train' ? 'training' : 'test';
    const at = known.flatMap((point) =>
      point[side].values.flatMap((value) => (Number.isFinite(value) ? [{ x: point.size, y: value }] : [])),
    );
    data.push({
      type: 'scatter',
      mode: 'markers',
      x: at.map(({ x }) => x),
      y: at.map(({ y }) => y),
      marker: { color: colour, size: 4, opacity: 0.4 },
      hoverinfo: 'skip',
    });
    const half = (point: (typeof known)[number], end: 0 | 1): number => {
      const away = Math.abs(point[side].interval[end] - point[side].mean);
      return Number.isFinite(away) ? away : 0;
    };
    data.push({
      type: 'scatter',
      mode: 'lines+markers',
      name: word,
      x: known.map(({ size }) => size),
      y: known.map((point) => point[side].mean),
      error_y: {
        type: 'data',
        symmetric: false,
        array: known.map((point) => half(point, 1)),
        arrayminus: known.map((point) => half(point, 0)),
        color: colour,
        thickness: 1.5,
        width: 3,
      },
      line: { color: colour, width: 2, dash: side === 'train' ? 'dash' : 'solid' },
      marker: { color: colour, size: 6, symbol: side === 'train' ? 'circle' : 'square' },
      hovertemplate: `%{x} examples: %{y:.4g}<extra>${word}</extra>`,
    });
    const last = known[known.length - 1];
    ends.push({ x: last.size, y: last[side].mean, text: word, colour });
  }
  const reach = curve.points.flatMap(({ test, train }) => [...test.interval, ...train.interval]);
  const range = rangeOf([...valuesOf(data), ...reach, 0]);
  const sizes = curve.points.map(({ size }) => size);
  const title = titleOf(curve);
  return figure({
    title,
    data,
    layout: layoutOf({
      title,
      subtitle: `${curve.seeds.length} seeds · ${curve.testN} test examples · ${Math.round(curve.level * 100)} % intervals: test over seeds and examples, training over seeds · as many ${curve.config.equal} at each size`,
      xTitle: 'training examples (logarithmic)',
      yTitle: `${curve.title}${share ? ' (share of examples)' : ''}`,
      xaxis: sizes.length > 0 ? sizeAxis(sizes[0], sizes[sizes.length - 1]) : {},
      yaxis: { ...(range ? { range: range } : {}), ...(share ? { tickformat: '.0%' } : {}) },
      rightMargin: 96,
      annotations: (range ? endLabels(ends, { range, height: PLOT_HEIGHT }) : []).map((label) => ({
        ...label,
        x: Math.log10(label.x as number),
        text: plotlyText(label.text as string),
      })),
    }),
  });
}
