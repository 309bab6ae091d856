import { asResult } from '../../core/showable';
import { applyPreparation } from './apply-preparation';
import type { Preparation } from './types';

/** Returns a preparation that can be applied, from its fields alone: those just measured, or read from JSON. */
export function asPreparation(fields: Omit<Preparation, 'apply'>): Preparation {
  const preparation: Preparation = asResult(fields, {
    apply: (dataset: Parameters<Preparation['apply']>[0]) => applyPreparation('apply', preparation, dataset),
  });
  return preparation;
}
