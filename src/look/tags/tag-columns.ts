import { asResult } from '../../core/showable';
import { collectWarnings } from '../../core/warning';
import type { BooleanColumn } from '../../data/types';
import { checkPredictions } from '../../metrics/check-predictions';
import type { Predictions } from '../../metrics/types';
import { fingerprintOf } from './fingerprint-of';
import { joinTags } from './join-tags';
import { storedTags, type TaggedInput } from './stored-tags';

/** See `withTags`. */
export function tagColumns(predictions: Predictions, tagged: TaggedInput): Predictions {
  const fn = 'withTags';
  const given = checkPredictions(fn, predictions);
  const store = storedTags({ fn, param: 'tagged' }, tagged);
  const warnings = collectWarnings();
  for (const { code, message, count } of given.warnings) warnings.add(code, message, count);
  const { said } = joinTags(fn, given, store, fingerprintOf(given), warnings);
  const { metadata, n } = given;
  const columns = store.tagNames.map((tag): [string, BooleanColumn] => {
    const values = new Uint8Array(n);
    const valid = new Uint8Array(n);
    for (const [row, { tags }] of said) {
      valid[row] = 1;
      values[row] = tags.includes(tag) ? 1 : 0;
    }
    const name = metadata.names.includes(tag) ? `${tag} (tag)` : tag;
    return [name, { type: 'boolean', values, valid }];
  });
  return asResult({
    ...given,
    metadata: {
      ...metadata,
      n,
      names: [...metadata.names, ...columns.map(([name]) => name)],
      columns: { ...metadata.columns, ...Object.fromEntries(columns) },
    },
    warnings: warnings.list(),
  });
}
