import type { Counts } from '../../engine/count/types';
import type { Moments } from '../../stats/moments';
import { countRemaining } from './count-remaining';
import { among, huntSlices, relay, type Hunt, type HuntOptions, type HuntRequest } from './hunt';
import { luck, type Verdict } from './judge-slices';
import type { PartTotals, Pick as PickedSlice } from './pick-slices';
import { surpriseOfShares, surpriseScore, type SliceScore } from './slice-score';
import { sumTried } from './sum-tried';

/** What is wanted counted, and in which split of the rows: one after the other, and again where slices of several are compared. */
export interface SplitRequest extends HuntRequest {
  readonly split: number;
}

type Hunting<T, Request = HuntRequest> = Generator<Request, T, Counts>;
type Half = HuntRequest['half'];

/** What every split has in common. */
export type SplitOptions = Omit<HuntOptions, 'searched' | 'heldOut'> & {
  readonly falseDiscoveryRate: number;
  /** Whether the errors of the searched rows have made the conditions, so that these rows cannot judge. */
  readonly oneWay: boolean;
};

/** One way to part the rows; `heldOut` is null where none judge. */
export type Split = Readonly<{ searched: Moments; heldOut: Moments | null }>;

/** A slice that one part showed, and what the other says of it. */
interface Judged {
  readonly pick: PickedSlice;
  readonly verdict: Verdict;
  /** The split, and the part of it that judges. */
  readonly split: number;
  readonly judge: Half;
  /** How strange all its rows are, those that showed it and those that judged it: the same in any split. */
  readonly surprise: number;
}

/** Share of a slice's judging rows that must be in none of the others. */
const NEW = 0.5;
/** What remains of a slice outside of the others must still be worse than luck at this level. */
const REMAINS = 0.05;
/** Rows up to which the judging part is searched as well. */
const MOST_BOTH = 1_000_000;

const OTHER: Readonly<Record<Half, Half>> = { searched: 'heldOut', heldOut: 'searched' };

const sumOf = (a: Moments, b: Moments): Moments => ({
  n: a.n + b.n,
  sum: a.sum + b.sum,
  squares: a.squares + b.squares,
});

/** Hunts with the parts in each other's place. */
const swapped = (options: HuntOptions): Hunting<Hunt> =>
  relay(
    huntSlices({ ...options, searched: options.heldOut!, heldOut: options.searched }),
    ({ half, request }) => ({ half: OTHER[half], request }),
  );

/** What is left of a slice on its judging rows outside of other slices: its rows, and how probable they are by luck. */
function* remains(
  { pick, judge }: Judged,
  others: readonly Judged[],
  zeroOne: boolean,
): Hunting<{ n: number; pValue: number }> {
  const cells = [...others, { pick }].map((one) => one.pick.conditions);
  const { own, rest } = (yield* among(judge, countRemaining(cells, pick.totals!.heldOut))).at(-1)!;
  return { n: own.n, pValue: luck(own, rest, zeroOne) };
}

/** What a hunt found, with its verdicts at its share of the rate. */
function judgedOf(
  { picks, verdicts }: Hunt,
  { split, judge, totals, share }: Pick<Judged, 'split' | 'judge'> & { totals: PartTotals; share: number },
  surprise: SliceScore,
): Judged[] {
  const ordered = judge === 'heldOut' ? totals : { searched: totals.heldOut, heldOut: totals.searched };
  return picks.map((pick, i) => {
    const { counts, pValue, qValue } = verdicts![i];
    return {
      pick: { ...pick, totals: ordered },
      verdict: { counts, pValue, qValue: Math.min(1, qValue / share) },
      ...{ split, judge },
      surprise: surprise.of(pick.counts.n + counts.n, pick.counts.sum + counts.sum),
    };
  });
}

/**
 * Keeps of some slices, in their order, those that say something new beside `before` and those kept: of which most of the judging rows are
 * in no other, and where these are worse than luck as well.
 *
 * @param most slices that are kept
 * @param least p-value of what remains
 */
function* keepNew(
  slices: readonly Judged[],
  before: readonly Judged[],
  { most, least, zeroOne }: { most: number; least: number; zeroOne: boolean },
): Hunting<readonly Judged[], SplitRequest> {
  const kept: Judged[] = [];
  for (const one of slices) {
    if (kept.length === most) break;
    const { n, pValue } = yield* inSplit(one.split, remains(one, [...before, ...kept], zeroOne));
    if (n >= NEW * one.verdict.counts.n && pValue <= least) kept.push(one);
  }
  return kept;
}

/** Has all that some work wants counted counted in the split of that number. */
const inSplit = <T>(split: number, work: Hunting<T>): Hunting<T, SplitRequest> =>
  relay(work, (request) => ({ ...request, split }));

/**
 * Hunts in each split of the rows, both ways where not many more rows judge than are searched: each part is searched and judged by
 * the other, so that a slice needs to stand out in one of them only and be confirmed in the other. No slice is judged by rows that
 * showed it. Each hunt has an equal share of the rate of false discoveries. What several confirm counts once: of some descriptions
 * of a slice the one whose rows are strangest in all stands for it, and of equal ones the first. Since all rows are the same in any
 * split, the draw in which its judging rows happened to be worst is not preferred, so that its error there stays a fair one. What
 * was not confirmed is that of the last split.
 */
export function* hunt(options: SplitOptions, splits: readonly Split[]): Hunting<Hunt, SplitRequest> {
  const { alpha, group, oneWay, zeroOne, falseDiscoveryRate, k } = options;
  const [{ searched, heldOut }] = splits;
  if (alpha !== undefined || heldOut === null) {
    return yield* inSplit(0, huntSlices({ ...options, ...splits[0] }));
  }
  const near = heldOut.n <= 1.25 * searched.n && heldOut.n <= MOST_BOTH;
  const both = group && !oneWay && near && splits.every((one) => one.heldOut!.sum > 0);
  const share = 1 / (splits.length * (both ? 2 : 1));
  const surprise = (zeroOne ? surpriseOfShares : surpriseScore)(sumOf(searched, heldOut), 0, 1);
  const hunts: Hunt[] = [];
  const all: Judged[] = [];
  for (const [split, { searched: shown, heldOut: rest }] of splits.entries()) {
    const given = { ...options, searched: shown, heldOut: rest };
    const totals = { searched: shown, heldOut: rest! };
    for (const judge of both ? (['heldOut', 'searched'] as const) : (['heldOut'] as const)) {
      const one = yield* inSplit(split, judge === 'heldOut' ? huntSlices(given) : swapped(given));
      hunts.push(one);
      all.push(...judgedOf(one, { split, judge, totals, share }, surprise));
    }
  }
  const sure = ({ verdict }: Judged): boolean => verdict.qValue <= falseDiscoveryRate;
  const byLuck = (a: Judged, b: Judged): number => a.verdict.pValue - b.verdict.pValue;
  const confirmed = yield* keepNew(
    all.filter(sure).sort((a, b) => b.surprise - a.surprise),
    [],
    { most: Infinity, least: REMAINS, zeroOne },
  );
  const others = yield* keepNew(
    all.filter((one) => !sure(one) && one.split === splits.length - 1).sort(byLuck),
    confirmed,
    { most: k, least: 1, zeroOne },
  );
  const chosen = [...[...confirmed].sort(byLuck).slice(0, k), ...others];
  const stops = hunts.flatMap(({ stoppedAt }) => (stoppedAt === undefined ? [] : [stoppedAt]));
  return {
    picks: chosen.map(({ pick }) => pick),
    verdicts: chosen.map(({ verdict }) => verdict),
    tried: hunts.map(({ tried }) => tried).reduce(sumTried),
    refined: hunts.reduce((sum, { refined }) => sum + refined, 0),
    judged: Math.max(k, ...hunts.map(({ picks }) => picks.length)),
    splits: splits.length,
    bothWays: both,
    ...(stops.length > 0 && { stoppedAt: Math.min(...stops) }),
  };
}
