import { InputError } from '../../core/input-error';
import { check, checkOptions, integer, numbers, text } from '../../core/options';
import type { Warnings } from '../../core/warning';
import type { Column } from '../../data/types';
import type { Predictions } from '../../metrics/types';
import { chooseBins } from '../choose-bins';
import { difficulty } from '../difficulty';
import type { DifficultyOptions } from '../difficulty-options';
import type { ErrorValues } from '../error-values';
import { sliceLabels } from '../slice-labels';
import { metadataColumn } from '../sources/column-difficulty';
import type { Difficulty } from '../types';
import { usableDifficulty } from '../usable-difficulty';
import type { CrossAxis, CrossAxisChoice, CrossLevel } from './types';

/** An axis with the level of each example; −1 for those outside given edges. */
export interface CodedAxis extends Pick<CrossAxis, 'title' | 'kind' | 'circular'> {
  readonly levels: readonly Pick<CrossLevel, 'label' | 'kind'>[];
  readonly codes: Int32Array;
}

/** How an axis is cut, and where to say what is odd about it. */
export interface AxisJob {
  readonly fn: string;
  readonly param: 'a' | 'b';
  readonly predictions: Predictions;
  readonly errors: ErrorValues;
  readonly bins: number;
  readonly categories: number;
  readonly warnings: Warnings;
}

interface Scale {
  readonly title: string;
  readonly kind: CrossAxis['kind'];
  readonly circular: boolean;
  readonly unit?: string;
  readonly levels?: readonly string[];
}

/** Bins of numbers, and one for what is missing. */
function binned(
  { predictions, warnings, errors }: AxisJob,
  values: Float64Array,
  scale: Scale,
  cut: { readonly bins?: number; readonly edges?: ArrayLike<number> },
): CodedAxis {
  const { title, kind, circular } = scale;
  const bins = values.every(Number.isNaN) ? [] : chooseBins(values, cut, warnings).filter(({ indices }) => indices.length > 0); // prettier-ignore
  const codes = new Int32Array(predictions.n).fill(-1);
  bins.forEach(({ indices }, b) => indices.forEach((row) => (codes[row] = b)));
  let missing = 0;
  values.forEach((value, i) => {
    if (!Number.isNaN(value) || Number.isNaN(errors.values[i])) return;
    codes[i] = bins.length;
    missing++;
  });
  const labels = sliceLabels(bins, title, scale);
  return {
    ...{ title, kind, circular, codes },
    levels: [
      ...labels.map((label) => ({
        label: kind === 'difficulty' ? label : label.replace(/^.*?, /, ''),
        kind: 'value' as const,
      })),
      ...(missing > 0 ? [{ label: `${title.replace(/^−/, '')} missing`, kind: 'missing' as const }] : []),
    ],
  };
}

/** The most frequent values each, the others as one, and what is missing. */
function categorical(
  { categories, errors }: AxisJob,
  title: string,
  names: readonly string[],
  codes: Int32Array,
): CodedAxis {
  const known = codes.map((code, i) => (Number.isNaN(errors.values[i]) ? -2 : code));
  const counts = names.map(() => 0);
  let missing = 0;
  for (const code of known) {
    if (code >= 0) counts[code]++;
    else if (code === -1) missing++;
  }
  const present = names.map((_, code) => code).filter((code) => counts[code] > 0);
  present.sort((x, y) => counts[y] - counts[x] || (names[x] < names[y] ? -1 : 1));
  const rest = present.length > categories ? present.length - categories + 1 : 0;
  const shown = present.slice(0, present.length - rest);
  const levels: CodedAxis['levels'][number][] = shown.map((code) => ({
    label: `${title} = ${names[code]}`,
    kind: 'value',
  }));
  if (rest > 0) levels.push({ label: `${rest} other values of ${title}`, kind: 'other' });
  if (missing > 0) levels.push({ label: `${title} missing`, kind: 'missing' });
  const place = names.map((_, code) => {
    const at = shown.indexOf(code);
    return at < 0 ? shown.length : at;
  });
  const last = levels.length - 1;
  return {
    ...{ title, kind: 'category', circular: false, levels },
    codes: known.map((code) => (code >= 0 ? place[code] : code === -1 ? last : -1)),
  };
}

function ofColumn(
  job: AxisJob,
  name: string,
  column: Column,
  cut: { readonly bins?: number; readonly edges?: ArrayLike<number> },
): CodedAxis {
  const { n } = job.predictions;
  if (column.type === 'string') return categorical(job, name, column.dictionary, column.codes);
  const known = (i: number): boolean => column.valid?.[i] !== 0;
  if (column.type === 'boolean') {
    const codes = Int32Array.from({ length: n }, (_, i) => (known(i) ? column.values[i] : -1));
    return categorical(job, name, ['false', 'true'], codes);
  }
  const values = Float64Array.from({ length: n }, (_, i) =>
    known(i) && !Number.isNaN(job.errors.values[i]) ? column.values[i] : NaN,
  );
  const unit = column.type === 'date' ? 'date' : '';
  return binned(job, values, { title: name, kind: 'number', circular: false, unit }, cut);
}

/** The class of each example, as given or as predicted. */
function ofClasses(job: AxisJob, name: 'label' | 'predicted'): CodedAxis {
  const { predictions, fn, param } = job;
  if (predictions.task !== 'classification') {
    throw new InputError({
      code: 'unsupported',
      fn,
      param,
      expected: `be a difficulty or a metadata column; "${name}" has one class an example in classification only`,
    });
  }
  return categorical(job, name, predictions.classes, Int32Array.from(predictions[name]));
}

function ofDifficulty(job: AxisJob, given: Difficulty, cut: { readonly bins?: number }): CodedAxis {
  const { fn, predictions, errors, warnings } = job;
  for (const { code, message, count } of given.warnings) warnings.add(code, message, count);
  const values = usableDifficulty(fn, predictions, given, errors, warnings);
  return binned(job, values, { ...given, kind: 'difficulty' }, cut);
}

/** Returns one side of the table, with the level of each example. */
export function crossAxis(job: AxisJob, choice: CrossAxisChoice): CodedAxis {
  const { fn, param, predictions, bins } = job;
  if (typeof choice === 'string') {
    const { metadata } = predictions;
    if ((choice === 'label' || choice === 'predicted') && !metadata.names.includes(choice))
      return ofClasses(job, choice);
    return ofColumn(job, choice, metadataColumn(fn, param, metadata, choice), { bins });
  }
  if (typeof choice === 'object' && choice !== null) {
    if ('kind' in choice && choice.kind === 'difficulty') return ofDifficulty(job, choice, { bins });
    if ('source' in choice)
      return ofDifficulty(job, difficulty(predictions, choice as DifficultyOptions), { bins });
    if ('column' in choice) {
      const { column, bins: own = bins, edges } = checkOptions(fn, choice as Exclude<CrossAxisChoice, string | Difficulty | DifficultyOptions>, { column: text, bins: integer(1, 100), edges: numbers }); // prettier-ignore
      const held = metadataColumn(fn, param, predictions.metadata, check(fn, 'column', column, text));
      return ofColumn(job, column, held, edges ? { edges } : { bins: own });
    }
  }
  throw new InputError({
    code: 'invalid-type',
    fn,
    param,
    expected: 'be the name of a metadata column, { column, bins }, a difficulty, or { source: … }',
    received: choice,
  });
}
