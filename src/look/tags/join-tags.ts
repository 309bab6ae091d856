import { InputError } from '../../core/input-error';
import type { Warnings } from '../../core/warning';
import type { Predictions } from '../../metrics/types';
import { describeExample } from '../cards/describe-example';
import type { ReviewedPart } from './estimate-share';
import type { StoredTag, StoredTags, TagFingerprint } from './types';

/** Tags beside the predictions that they were matched to by id. */
export interface JoinedTags {
  /** Row of an id; empty where there are no tags. */
  readonly rowOf: ReadonlyMap<string, number>;
  /** What was said of each row that was looked at. */
  readonly said: ReadonlyMap<number, StoredTag>;
  /** Rows by which model was first wrong on them, those of no earlier one last; with what was said of those looked at. */
  readonly partsOf: (rows: readonly number[]) => readonly ReviewedPart[];
  /** Which part of `store.errors` an id is in, or undefined. */
  readonly partOf: ReadonlyMap<string, number>;
  /** The earlier predictions were of the same examples; null where that is not known. */
  readonly sameExamples: boolean | null;
}

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

function warnOfOthers(
  store: StoredTags,
  fingerprint: TagFingerprint,
  matched: number,
  relabelled: number,
  warnings: Warnings,
): void {
  const all = store.examples.length;
  const others = all - matched;
  if (others > 0) {
    const message = `${matched} of ${plural(all, 'tagged example')} are among these predictions; the others are left out.`;
    warnings.add('unmatched', message, others);
  } else if (store.fingerprint && store.fingerprint.ids !== fingerprint.ids) {
    warnings.add(
      'other-examples',
      `The tags were made on ${plural(store.fingerprint.n, 'example')}, these are ${fingerprint.n}; all ${plural(all, 'tagged example')} are among them.`,
    );
  }
  if (
    store.fingerprint &&
    store.fingerprint.ids === fingerprint.ids &&
    store.fingerprint.labels !== fingerprint.labels
  ) {
    const message = `Labels have changed since the tags were made, ${relabelled} of them of tagged examples.`;
    warnings.add('other-labels', message, Math.max(1, relabelled));
  }
}

/**
 * Returns tags joined to predictions by id.
 *
 * @throws InputError `not-found` where examples are tagged and none is among the predictions
 */
export function joinTags(
  fn: string,
  predictions: Predictions,
  store: StoredTags,
  fingerprint: TagFingerprint,
  warnings: Warnings,
): JoinedTags {
  const { ids } = predictions;
  const rowOf = new Map<string, number>();
  if (store.examples.length + store.errors.length > 0) ids.forEach((id, row) => rowOf.set(id, row));
  const said = new Map<number, StoredTag>();
  let relabelled = 0;
  for (const one of store.examples) {
    const row = rowOf.get(one.id);
    if (row === undefined) continue;
    said.set(row, one);
    if (one.label !== undefined && one.label !== describeExample(predictions, row).label) relabelled++;
  }
  if (store.examples.length > 0 && said.size === 0) {
    throw new InputError({
      code: 'not-found',
      fn,
      param: 'tagged',
      expected: `share ids with the predictions; theirs begin ${JSON.stringify(store.examples.slice(0, 3).map(({ id }) => id))}, those of the predictions ${JSON.stringify(ids.slice(0, 3))}`,
      mend: 'Tags are matched by id: give predictionsFrom the column of ids.',
    });
  }
  warnOfOthers(store, fingerprint, said.size, relabelled, warnings);
  const partOf = new Map<string, number>();
  store.errors.forEach((part, p) => part.forEach((id) => partOf.set(id, partOf.get(id) ?? p)));

  function partsOf(rows: readonly number[]): readonly ReviewedPart[] {
    const parts = Array.from({ length: store.errors.length + 1 }, () => ({
      size: 0,
      tags: [] as (readonly string[])[],
    }));
    for (const row of rows) {
      const part = parts[partOf.get(ids[row]) ?? store.errors.length];
      part.size++;
      const tags = said.get(row)?.tags;
      if (tags) part.tags.push(tags);
    }
    return parts.filter(({ size }) => size > 0);
  }

  return {
    ...{ rowOf, said, partsOf, partOf },
    sameExamples: store.fingerprint && store.fingerprint.ids === fingerprint.ids,
  };
}
