import type { Predictions } from '../../metrics/types';
import { describeExample } from '../cards/describe-example';
import type { JoinedTags } from './join-tags';
import type { StoredTag, StoredTags, TagFingerprint } from './types';

/** Returns the tags as they are to be kept beside these predictions: what was said stays, who was wrong is told anew. */
export function nextStore(
  predictions: Predictions,
  wrong: readonly number[],
  {
    store,
    joined,
    fingerprint,
    seed,
    tagNames,
  }: {
    readonly store: StoredTags;
    readonly joined: JoinedTags;
    readonly fingerprint: TagFingerprint;
    readonly seed: number;
    readonly tagNames: readonly string[];
  },
): StoredTags {
  const { ids, name } = predictions;
  const wrongIds = new Set(wrong.map((row) => ids[row]));
  const fresh = wrong.map((row) => ids[row]).filter((id) => !joined.partOf.has(id));
  const errors = fresh.length > 0 ? [...store.errors, fresh] : store.errors;
  const before = new Set(store.mended);
  const examples = store.examples.map((one): StoredTag => {
    const row = joined.rowOf.get(one.id);
    if (row === undefined) return one;
    return { ...one, wrong: wrongIds.has(one.id), label: describeExample(predictions, row).label };
  });
  return {
    ...{ kind: 'stored-tags', schemaVersion: 1, name, fingerprint, seed, tagNames, examples, errors },
    mended: errors.flat().filter((id) => (joined.rowOf.has(id) ? !wrongIds.has(id) : before.has(id))),
  };
}
