import type { Random } from '../../core/random';
import { howManyMore } from './how-many-more';
import { orderConfidence } from './order-confidence';
import type { TagAlone, TaggedErrors } from './tag-counts';
import { tagPatterns } from './tag-patterns';
import type { TagRanking } from './types';

/** A tag with how sure its place is. */
export interface RankedTag extends TagAlone {
  readonly first: number;
  readonly ahead: number;
}

/**
 * Returns tags by gain over effort, most first, equal ones as they came; how sure that order is; and how many of the errors that are
 * left to look at it takes to be sure.
 *
 * @param left errors that nobody has looked at
 * @param stream where the luck comes from
 */
export function rankTags(
  { parts, level }: TaggedErrors,
  tags: readonly TagAlone[],
  left: number,
  stream: Random,
): { readonly tags: readonly RankedTag[]; readonly ranking: TagRanking } {
  const sorted = [...tags].sort((a, b) => b.perEffort - a.perEffort || 0);
  const found = sorted.some(({ count }) => count > 0);
  if (!found) {
    return {
      tags: sorted.map((tag) => ({ ...tag, first: NaN, ahead: NaN })),
      ranking: { status: 'none', first: null, second: null, confidence: NaN, more: null },
    };
  }
  const names = sorted.map(({ tag }) => tag);
  const effort = sorted.map((one) => one.effort);
  const sure = orderConfidence(parts, names, effort, stream.fork('order'));
  const confidence = sure.first[0];
  const settled = confidence >= level;
  const patterns = tagPatterns(
    parts.flatMap((part) => part.tags),
    names,
  );
  const more = settled ? 0 : howManyMore(patterns, effort, left, level, stream.fork('how many more'));
  return {
    tags: sorted.map((tag, i) => ({ ...tag, first: sure.first[i], ahead: sure.ahead[i] })),
    ranking: {
      status: settled ? 'settled' : more === null ? 'unsettled' : 'more',
      first: names[0],
      second: names[1] ?? null,
      ...{ confidence, more },
    },
  };
}
