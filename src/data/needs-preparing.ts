import { InputError } from '../core/input-error';
import type { Dataset } from './types';

/** Whether a data set holds raw columns that no features have been made of. */
export const needsPreparing = (data: Dataset): boolean =>
  data.columns !== undefined && data.preparation === undefined;

/** Throws `unsupported`, with the mend, for raw columns where numbers are needed. */
export function refuseRaw(fn: string, param: string, data: Dataset): void {
  if (!needsPreparing(data)) return;
  throw new InputError({
    code: 'unsupported',
    fn,
    param,
    expected: `hold numbers; "${data.name}" holds raw columns`,
    mend: 'Make features of them first: prepare(train).apply(data).',
  });
}
