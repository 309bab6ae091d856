import type { ReviewedPart } from './estimate-share';

/** How often each combination of tags occurs among the errors of a part that were looked at. */
export interface TagPattern {
  /** Numbers of the tags. */
  readonly tags: readonly number[];
  readonly count: number;
}

/** Returns the combinations of tags, each once; tags by their place in `names`. */
export function tagPatterns(reviewed: ReviewedPart['tags'], names: readonly string[]): readonly TagPattern[] {
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const counts = new Map<string, { tags: number[]; count: number }>();
  for (const own of reviewed) {
    const tags = own
      .map((name) => placeOf.get(name))
      .filter((place) => place !== undefined)
      .sort((a, b) => a - b);
    const key = tags.join();
    const seen = counts.get(key);
    if (seen) seen.count++;
    else counts.set(key, { tags, count: 1 });
  }
  return [...counts.values()];
}

/**
 * Returns the combinations with half an example more for each tag alone: Jeffreys' prior for which of two equally dear tags is the
 * commoner, so that 2 to 0 does not pass for certain.
 */
export function withPrior(patterns: readonly TagPattern[], tags: number): readonly TagPattern[] {
  const alone = Array.from({ length: tags }, (_, tag) => {
    const seen = patterns.find((one) => one.tags.length === 1 && one.tags[0] === tag)?.count ?? 0;
    return { tags: [tag], count: seen + 0.5 };
  });
  return [...patterns.filter((one) => one.tags.length !== 1), ...alone];
}
