import { LABEL_IS_WRONG, LUCKY, NO_TAG } from './known-tags';

const KNOWN: readonly string[] = [LUCKY, LABEL_IS_WRONG];

/** Tags by the spelling that came first: names that differ only in case or spaces are one. */
export interface TagNames {
  /** The spelling that is kept; undefined for "" and for "no tag". */
  add(name: string): string | undefined;
  /** As `add` for each, without repeats. */
  addAll(names: readonly string[]): string[];
  /** The spelling that is kept, or undefined where the tag has not come up. */
  find(name: string): string | undefined;
  list(): readonly string[];
}

/** Returns an empty collection of tag names. */
export function collectTagNames(): TagNames {
  const kept = new Map<string, string>();
  const clean = (name: string): string => name.trim().replace(/\s+/g, ' ');
  const keyOf = (name: string): string => clean(name).toLowerCase();
  function add(name: string): string | undefined {
    const key = keyOf(name);
    if (key === '' || key === NO_TAG) return undefined;
    if (!kept.has(key)) kept.set(key, KNOWN.includes(key) ? key : clean(name));
    return kept.get(key);
  }
  return {
    add,
    addAll: (names) => [...new Set(names.map(add).filter((name) => name !== undefined))],
    find: (name) => kept.get(keyOf(name)),
    list: () => [...kept.values()],
  };
}
