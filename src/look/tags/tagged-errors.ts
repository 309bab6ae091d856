import { random } from '../../core/random';
import { InputError } from '../../core/input-error';
import { nearestName } from '../../core/nearest-name';
import { checkOptions } from '../../core/options';
import { asResult } from '../../core/showable';
import { collectWarnings, type Warnings } from '../../core/warning';
import { checkPredictions } from '../../metrics/check-predictions';
import type { Predictions } from '../../metrics/types';
import { productInterval } from '../../stats/product-interval';
import { wilsonInterval } from '../../stats/wilson-interval';
import { cardMaker } from '../cards/card-maker';
import { describeExample } from '../cards/describe-example';
import { errorRows } from './error-rows';
import { estimateShare } from './estimate-share';
import { fingerprintOf } from './fingerprint-of';
import { joinTags, type JoinedTags } from './join-tags';
import { LUCKY } from './known-tags';
import { nextStore } from './next-store';
import { rankTags } from './rank-tags';
import { firstOfSample, sampleOrder } from './sample-order';
import { storedTags } from './stored-tags';
import { tagAlone, tagPlan, type TaggedErrors } from './tag-counts';
import { tagMetadata } from './tag-metadata';
import { collectTagNames, type TagNames } from './tag-names';
import { TAG_RULES, type TagErrorsOptions } from './tag-options';
import { storedFrom } from './tags-from-table';
import { tagsSince } from './tags-since';
import type { ErrorTags, LuckyHits, StoredTags, TagExample } from './types';

const FN = 'tagErrors';

/** Errors and right answers that are looked at, where nothing else is asked for. */
const SAMPLE = 100;
const CORRECT = 20;

/** Effort by the spelling of the tags. */
function effortOf(names: TagNames, effort: Readonly<Record<string, number>>): (tag: string) => number {
  const known = names.list();
  const costs = new Map<string, number>();
  for (const [name, cost] of Object.entries(effort)) {
    const spelt = known.length === 0 ? names.add(name) : (names.find(name) ?? undefined);
    if (spelt === undefined) {
      const near = nearestName(name, known);
      throw new InputError({
        code: 'unknown-name',
        fn: FN,
        param: 'effort',
        expected: `name tags: ${known.join(', ')}`,
        received: name,
        mend: near ? `Did you mean "${near}"?` : 'New tags are named in "tags".',
      });
    }
    costs.set(spelt, cost);
  }
  return (tag) => costs.get(tag) ?? 1;
}

/** Says where what was looked at is no random sample, or not all of it. */
function warnOfSample(
  order: readonly number[],
  sample: number,
  store: StoredTags,
  joined: JoinedTags,
  warnings: Warnings,
): void {
  const reviewed = order.filter((row) => joined.said.has(row)).length;
  const first = order.slice(0, Math.max(sample, reviewed));
  const outside = reviewed - first.filter((row) => joined.said.has(row)).length;
  if (store.errors.length === 0 && outside > 0.05 * reviewed && outside > 1) {
    const message = `${outside} of ${reviewed} errors looked at are not of the sample that this seed draws: intervals hold only if they were picked at random.`;
    warnings.add('not-sampled', message, outside);
  }
  const parts = joined.partsOf(order);
  const unseen = parts.filter(({ tags }) => tags.length === 0).reduce((sum, { size }) => sum + size, 0);
  if (reviewed > 0 && unseen > 0) {
    const message = `${unseen} of ${order.length} errors are new since the tags were made and none of them was looked at: the intervals allow for any tag among them.`;
    warnings.add('new-errors', message, unseen);
  }
}

/** What right answers that were looked at say of luck. */
function luckyHits(right: readonly number[], n: number, joined: JoinedTags, level: number): LuckyHits {
  const parts = joined.partsOf(right);
  const isLucky = (tags: readonly string[]): boolean => tags.some((tag) => tag.toLowerCase() === LUCKY);
  const reviewed = parts.flatMap(({ tags }) => tags);
  const { share, interval, beyond } = estimateShare(parts, isLucky, level);
  const accuracy = { value: right.length / n, interval: wilsonInterval(right.length, n, level) };
  return {
    ...{ tag: LUCKY, count: reviewed.filter(isLucky).length, n: reviewed.length, share, interval },
    earned: productInterval(accuracy, { value: 1 - share, interval: [1 - beyond[1], 1 - beyond[0]] }),
  };
}

/** Options that differ from their defaults, to write the same call again. */
function toRepeat({ sample, correct, stratify, effort, errorAbove }: TagErrorsOptions): ErrorTags['options'] {
  return {
    ...(sample !== undefined && sample !== SAMPLE && { sample }),
    ...(correct !== undefined && correct !== CORRECT && { correct }),
    ...(stratify && { stratify }),
    ...(effort && Object.keys(effort).length > 0 && { effort }),
    ...(errorAbove !== undefined && { errorAbove }),
  };
}

/** See `tagErrors`. */
export function taggedErrors(predictions: Predictions, options: TagErrorsOptions = {}): ErrorTags {
  const given = checkOptions(FN, options, TAG_RULES);
  const { sample = SAMPLE, correct = CORRECT, stratify = false, level = 0.95 } = given;
  const { n, name, task, ids } = checkPredictions(FN, predictions);
  const warnings = collectWarnings();
  const store =
    given.tagged === undefined ? storedFrom([], []) : storedTags({ fn: FN, param: 'tagged' }, given.tagged);
  const seed = given.seed ?? store.seed ?? 0;
  const names = collectTagNames();
  names.addAll([...(given.tags ?? []), ...store.tagNames]);
  const spelt = {
    ...store,
    examples: store.examples.map((one) => ({ ...one, tags: names.addAll(one.tags) })),
  };
  const effort = effortOf(names, given.effort ?? {});
  const fingerprint = fingerprintOf(predictions);
  const joined = joinTags(FN, predictions, spelt, fingerprint, warnings);
  if (predictions.bySeed) {
    warnings.add(
      'one-seed',
      `Errors are those of one of ${predictions.bySeed.length} seeds, the typical one.`,
    );
  }

  const { wrong, right, bound } = errorRows(FN, predictions, given.errorAbove);
  const pairOf = (row: number): string => {
    const { label, predicted } = describeExample(predictions, row);
    return `${label}\u0000${predicted}`;
  };
  const idOf = (row: number): string => ids[row];
  const order = sampleOrder(wrong, idOf, seed, stratify && task !== 'regression' ? pairOf : undefined);
  warnOfSample(order, sample, spelt, joined, warnings);
  const isSaid = (row: number): boolean => joined.said.has(row);
  const saidRight = right.filter(isSaid);
  const drawnRight = new Set(firstOfSample(right, idOf, seed, correct));
  const queue = [
    ...order.slice(0, sample),
    ...order.slice(sample).filter(isSaid),
    ...drawnRight,
    ...saidRight.filter((row) => !drawnRight.has(row)),
  ];

  const errors: TaggedErrors = {
    parts: joined.partsOf(wrong),
    rate: { value: wrong.length / n, interval: wilsonInterval(wrong.length, n, level) },
    level,
  };
  const reviewed = order.filter(isSaid);
  const tagsOf = (row: number): readonly string[] => joined.said.get(row)?.tags ?? [];
  const alone = names
    .list()
    .filter((tag) => tag.toLowerCase() !== LUCKY)
    .map((tag) => tagAlone(errors, tag, effort(tag)));
  const ranked = rankTags(errors, alone, wrong.length - reviewed.length, random(seed).fork('rank tags'));
  const metadata = tagMetadata(
    predictions.metadata,
    reviewed,
    tagsOf,
    ranked.tags.map(({ tag }) => tag),
    level,
  );
  const noTag = estimateShare(errors.parts, (tags) => tags.length === 0, level);
  const isWrong = new Set(wrong);
  const maker = cardMaker(FN, predictions, given, warnings);

  return asResult({
    ...{ kind: 'error-tags', name, task, n, level, seed, bound },
    options: toRepeat(given),
    errors: {
      n: wrong.length,
      rate: errors.rate.value,
      interval: errors.rate.interval,
      reviewed: reviewed.length,
      noTag: {
        count: reviewed.filter((row) => tagsOf(row).length === 0).length,
        ...{ share: noTag.share, interval: noTag.interval },
        gain: productInterval(errors.rate, { value: noTag.share, interval: noTag.beyond }),
      },
    },
    correct: {
      n: right.length,
      reviewed: saidRight.length,
      lucky: luckyHits(right, n, joined, level),
    },
    tags: ranked.tags.map((one, i) => ({
      ...one,
      correct: saidRight.filter((row) => tagsOf(row).includes(one.tag)).length,
      metadata: metadata[i],
    })),
    plan: tagPlan(errors, ranked.tags),
    ranking: ranked.ranking,
    since: tagsSince(predictions, (row) => isWrong.has(row), spelt, joined, names.list(), level),
    examples: queue.map((row): TagExample => {
      const said = joined.said.get(row);
      return {
        ...maker.cardOf(row),
        ...{ wrong: isWrong.has(row), tags: said ? said.tags : null, note: said?.note ?? '' },
      };
    }),
    shown: maker.shown,
    store: nextStore(predictions, wrong, { store: spelt, joined, fingerprint, seed, tagNames: names.list() }),
    warnings: warnings.list(),
  });
}
