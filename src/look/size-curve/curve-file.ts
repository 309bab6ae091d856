import { InputError } from '../../core/input-error';
import { asResult } from '../../core/showable';
import { writeFileAtomic } from '../../core/write-file';
import type { SizeCurve, SizeScore } from './types';

const FN = 'learningCurve';

function refuse(path: string, expected: string, cause?: unknown): InputError {
  return new InputError({
    code: 'unreadable',
    fn: FN,
    param: 'file',
    expected,
    received: path,
    mend: 'Name another file, or take this one away to begin anew.',
    cause,
  });
}

/** JSON has no NaN: null stands for it. */
const number = (value: number | null): number => value ?? NaN;

function scoreOf({ mean, interval, values }: SizeScore): SizeScore {
  return {
    mean: number(mean),
    interval: [number(interval[0]), number(interval[1])],
    values: values.map(number),
  };
}

/** Returns a curve as it was before it was JSON. */
export function curveFromJson(curve: SizeCurve): SizeCurve {
  const points = curve.points.map((point) => ({
    ...point,
    test: scoreOf(point.test),
    train: scoreOf(point.train),
    itemErrors: point.itemErrors.map(number),
  }));
  return asResult({ ...curve, points });
}

/** Returns the curve in a file, or undefined where there is no such file. */
export async function readCurve(path: string): Promise<SizeCurve | undefined> {
  const { readFile } = await import('node:fs/promises');
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw refuse(path, `name a file that can be read (${code})`, cause);
  }
  let value: SizeCurve | null;
  try {
    value = JSON.parse(content) as SizeCurve | null;
  } catch (cause) {
    throw refuse(path, 'name a learning curve in JSON', cause);
  }
  if (value?.kind !== 'size-curve' || value.schemaVersion !== 1 || !Array.isArray(value.points)) {
    throw refuse(path, 'name a file that learningCurve has written');
  }
  try {
    return curveFromJson(value);
  } catch (cause) {
    throw refuse(path, 'name a file as learningCurve has written it', cause);
  }
}

/** Writes a curve whole or not at all. */
export async function writeCurve(path: string, curve: SizeCurve): Promise<void> {
  try {
    await writeFileAtomic(path, `${JSON.stringify(curve)}\n`);
  } catch (cause) {
    throw refuse(path, `name a file that can be written (${(cause as NodeJS.ErrnoException).code})`, cause);
  }
}
