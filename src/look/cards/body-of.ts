import { InputError } from '../../core/input-error';
import { featureSize } from '../../data/feature-size';
import { usualRole } from '../../data/prepare/roles';
import type { Dataset, Role } from '../../data/types';
import { imageBody, pixelRange, type ImageShape } from './image-body';
import { rawValues } from './raw-values';
import { cellsOf, rowBody } from './row-body';
import { seriesBody } from './series-body';
import { textBody, tokenBody } from './text-body';
import type { CardBody, CardCell } from './types';

/** What features are shown as. */
export type BodyKind = 'image' | 'text' | 'row' | 'series';

/** What shows the examples of a data set. */
export interface BodyMaker {
  readonly bodyOf: (row: number) => CardBody;
  /** What the bodies are, in words. */
  readonly shown: string;
}

/** What was asked for. */
export interface BodyChoice {
  readonly as?: BodyKind;
  readonly columns?: readonly string[];
}

/** Fewer numbers without names are a row rather than a series. */
const FEWEST_STEPS = 8;

const threeDigits = (value: number): string => String(Number(value.toPrecision(3))).replace('-', '−');

/** The shape of the pictures that features are, where they may be: [h, w, 1 | 3 | 4], [h, w] that is about square, or forced. */
function imageShape({ features: { shape } }: Dataset, as?: BodyKind): ImageShape | undefined {
  const [height, width, channels = 1] = shape;
  if (shape.length === 3 && (channels === 1 || channels === 3 || channels === 4)) {
    return as === 'image' || Math.min(height, width) > 1 ? [height, width, channels] : undefined;
  }
  const ratio = Math.max(height, width) / Math.min(height, width);
  if (shape.length === 2 && (as === 'image' || (Math.min(height, width) >= 8 && ratio <= 2)))
    return [height, width, 1];
  const side = Math.sqrt(height);
  return shape.length === 1 && as === 'image' && Number.isInteger(side) ? [side, side, 1] : undefined;
}

function images(data: Dataset, shape: ImageShape): BodyMaker {
  const read = rawValues(data);
  const range = pixelRange(read, data.n);
  const colour = shape[2] === 1 ? ['black', 'white'] : ['dark', 'full'];
  return {
    bodyOf: (row) => imageBody(read(row), shape, range),
    shown: `${shape[0]}×${shape[1]} pixels, ${threeDigits(range[0])} (${colour[0]}) to ${threeDigits(range[1])} (${colour[1]})`,
  };
}

function texts(data: Dataset): BodyMaker | undefined {
  const { columns, roles, preparation } = data;
  const step = preparation?.steps.find(({ step: kind }) => kind === 'tokens');
  if (step?.step === 'tokens') {
    const read = rawValues(data);
    const column = columns?.columns[step.column];
    return {
      bodyOf: (row) => tokenBody(step, read(row), column, row),
      shown: `"${step.column}" with the tokens that the model reads`,
    };
  }
  if (!columns) return undefined;
  const roleOf = (name: string): Role => roles?.[name] ?? usualRole(columns.columns[name], data.n);
  const used = columns.names.filter((name) => roleOf(name) !== 'ignore');
  const [name] = used;
  if (used.length !== 1 || roleOf(name) !== 'text') return undefined;
  return { bodyOf: (row) => textBody(columns.columns[name], row), shown: `"${name}"` };
}

function rows(data: Dataset, chosen?: readonly string[]): BodyMaker | undefined {
  const { columns, features } = data;
  if (columns) {
    const names = columns.names.filter((name) => chosen?.includes(name) ?? true);
    return {
      bodyOf: (row) => rowBody(names, (shown) => cellsOf(columns, shown, row)),
      shown: 'the row as it was given',
    };
  }
  const { names: all, shape } = features;
  if (shape.length !== 1 || shape[0] === 0) return undefined;
  const read = rawValues(data);
  const placed = new Map(
    (all ?? Array.from({ length: shape[0] }, (_, i) => `feature ${i + 1}`)).map((name, i) => [name, i]),
  );
  const names = [...placed.keys()].filter((name) => chosen?.includes(name) ?? true);
  return {
    bodyOf: (row) => {
      const values = read(row);
      // Seven digits are all that a 32-bit float knows.
      const cell = (name: string): CardCell => [
        name,
        Number(values[placed.get(name) as number].toPrecision(7)),
      ];
      return rowBody(names, (shown) => shown.map(cell));
    },
    shown: 'the features',
  };
}

function series(data: Dataset, as?: BodyKind): BodyMaker | undefined {
  const { shape } = data.features;
  if (shape.length > 2 || featureSize(shape) < 2 || (as !== 'series' && featureSize(shape) < FEWEST_STEPS))
    return undefined;
  const [steps, channels = 1] = shape;
  const read = rawValues(data);
  return {
    bodyOf: (row) => seriesBody(read(row), channels),
    shown: `series of ${steps} steps${channels > 1 ? `, ${channels} channels` : ''}`,
  };
}

/** Names by which columns of a data set may be chosen. */
export const namesOf = ({ columns, features }: Dataset): readonly string[] =>
  columns?.names ?? features.names ?? [];

const NOTHING: BodyMaker = { bodyOf: () => ({ kind: 'none' }), shown: '' };

function pictures(data: Dataset, as?: BodyKind): BodyMaker | undefined {
  const shape = data.columns ? undefined : imageShape(data, as);
  return shape && images(data, shape);
}

/**
 * Returns what shows the examples of a data set: pictures, texts, rows or series, by what the data are; values as they were
 * before they were standardised.
 *
 * @throws InputError `unsupported` where they cannot be what `as` asks for
 */
export function bodyMaker(fn: string, data: Dataset, { as, columns }: BodyChoice): BodyMaker {
  const { shape, names } = data.features;
  const makers: Readonly<Record<BodyKind, () => BodyMaker | undefined>> = {
    image: () => pictures(data, as),
    text: () => texts(data),
    row: () => rows(data, columns),
    series: () => (data.columns ? undefined : series(data, as)),
  };
  if (as !== undefined) {
    const made = makers[as]();
    if (made) return made;
    throw new InputError({
      code: 'unsupported',
      fn,
      param: 'as',
      expected: `be what "${data.name}" can be shown as; its examples have ${data.columns ? 'raw columns' : `the shape [${shape.join(', ')}]`}`,
      received: as,
    });
  }
  if (columns) return makers.row() ?? NOTHING;
  const order: readonly BodyKind[] = names
    ? ['text', 'row']
    : ['text', 'image', data.columns ? 'row' : 'series', 'row'];
  for (const kind of order) {
    const made = makers[kind]();
    if (made) return made;
  }
  return NOTHING;
}
