import type { Predictions } from '../../metrics/types';
import { fisherTwoSided } from '../../stats/fisher-two-sided';
import { mcnemar } from '../../stats/mcnemar';
import { pairedDifference } from '../../stats/paired-difference';
import { wilsonInterval } from '../../stats/wilson-interval';
import type { JoinedTags } from './join-tags';
import type { Estimated, StoredTags, TagSince, TagsSince } from './types';

/** Error now less error then, over the same examples. */
function change(then: readonly number[], now: readonly number[], level: number): Estimated {
  const { difference, interval } = pairedDifference(now, then, { shares: true, level });
  return { value: difference, interval };
}

/**
 * Returns what has become of the tagged examples since the model that they were tagged for; null where no model is known, or it
 * was wrong on the same examples. A new training fixes some errors of any kind, and breaks others: so the share fixed stands
 * beside that among errors without the tag.
 */
export function tagsSince(
  { ids }: Predictions,
  wrongNow: (row: number) => boolean,
  store: StoredTags,
  joined: JoinedTags,
  names: readonly string[],
  level: number,
): TagsSince | null {
  const mended = new Set(store.mended);
  const wrongThen = new Set(store.errors.flat().filter((id) => !mended.has(id) && joined.rowOf.has(id)));
  const reviewed = [...joined.said].flatMap(([row, { id, tags, wrong }]) => {
    const then = wrong ?? (store.errors.length > 0 ? wrongThen.has(id) : null);
    return then === null ? [] : [{ tags, then: then ? 1 : 0, now: wrongNow(row) ? 1 : 0 }];
  });
  const then = ids.map((id) => (wrongThen.has(id) ? 1 : 0));
  const now = ids.map((_, row) => (wrongNow(row) ? 1 : 0));
  const known = store.errors.length > 0;
  const changed = known
    ? then.some((value, i) => value !== now[i])
    : reviewed.some((one) => one.then !== one.now);
  if (!changed) return null;
  const fixed = then.reduce<number>((n, value, i) => n + (value === 1 && now[i] === 0 ? 1 : 0), 0);
  const paired = known && joined.sameExamples === true;
  const broken = now.reduce<number>((n, value, i) => n + (value === 1 && then[i] === 0 ? 1 : 0), 0);
  const wereWrong = reviewed.filter((one) => one.then === 1);
  const fixedOf = (examples: typeof reviewed): number => examples.filter((one) => one.now === 0).length;

  function sinceOf(tag: string): TagSince {
    const own = reviewed.filter(({ tags }) => tags.includes(tag));
    const wrong = own.filter((one) => one.then === 1);
    const right = own.filter((one) => one.then === 0);
    const others = wereWrong.filter(({ tags }) => !tags.includes(tag));
    const [mendedOwn, mendedOthers] = [fixedOf(wrong), fixedOf(others)];
    return {
      ...{ tag, n: wrong.length, fixed: mendedOwn, still: wrong.length - mendedOwn },
      ...{ wereRight: right.length, broken: right.length - fixedOf(right) },
      share: mendedOwn / wrong.length,
      interval: wilsonInterval(mendedOwn, wrong.length, level),
      change: change(
        own.map((one) => one.then),
        own.map((one) => one.now),
        level,
      ),
      elsewhere: { n: others.length, fixed: mendedOthers, share: mendedOthers / others.length },
      pValue: fisherTwoSided(mendedOwn, wrong.length, mendedOthers, others.length),
    };
  }

  return {
    ...{ errors: wrongThen.size, fixed, still: wrongThen.size - fixed },
    broken: paired ? broken : null,
    change: paired ? change(then, now, level) : null,
    pValue: paired ? mcnemar(broken, fixed) : NaN,
    tags: names.map(sinceOf).filter(({ n, wereRight }) => n + wereRight > 0),
  };
}
