import type { CountRequest, Counts } from '../../engine/count/types';
import type { Moments } from '../../stats/moments';
import { countAll } from './count-all';
import { countRemaining } from './count-remaining';
import { among, huntSlices, type Hunt, type HuntOptions, type HuntRequest } from './hunt';
import { luck, type Verdict } from './judge-slices';
import type { PartTotals, Pick } from './pick-slices';
import { sumTried } from './sum-tried';

/** What is wanted counted, and in which split of the rows. Splits come one after the other: none is asked for again. */
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
  readonly pick: Pick;
  readonly verdict: Verdict;
  /** The part that judges it. */
  readonly judge: Half;
}

const byLuck = (a: Judged, b: Judged): number => a.verdict.pValue - b.verdict.pValue;

/** What hunts in one split gave. */
interface SplitHunt {
  readonly hunts: readonly Hunt[];
  /** By this split or one before it. */
  readonly confirmed: readonly Judged[];
  readonly others: readonly Judged[];
}

/** Share of a slice's judging rows that must be in none of the others. */
const NEW = 0.5;
/** What remains of a slice outside of the others must still be worse than luck at this level. */
const REMAINS = 0.05;
/** Rows up to which the judging part is searched as well. */
const MOST_BOTH = 1_000_000;

const OTHER: Readonly<Record<Half, Half>> = { searched: 'heldOut', heldOut: 'searched' };

/** Hunts with the parts in each other's place. */
function* swapped(options: HuntOptions): Hunting<Hunt> {
  const work = huntSlices({ ...options, searched: options.heldOut!, heldOut: options.searched });
  let step = work.next();
  while (!step.done) {
    const { half, request } = step.value;
    step = work.next(yield { half: OTHER[half], request });
  }
  return step.value;
}

/** What is left of a slice on its judging rows outside of other slices: its rows, and how probable they are by luck. */
function* remains(
  { pick, judge }: Judged,
  others: readonly Judged[],
  totals: PartTotals,
  zeroOne: boolean,
): Hunting<{ n: number; pValue: number }> {
  const cells = [...others, { pick }].map((one) => one.pick.conditions);
  const { own, rest } = (yield* among(judge, countRemaining(cells, totals[judge]))).at(-1)!;
  return { n: own.n, pValue: luck(own, rest, zeroOne) };
}

/** Which slices have most of their rows outside of a new one: the others are a part of what it says. */
function* outside({ pick }: Judged, slices: readonly Judged[]): Generator<CountRequest, boolean[], Counts> {
  const cells = slices.map((one) => one.pick.conditions);
  const whole = yield* countAll(cells, []);
  const left = yield* countAll(cells, [pick.conditions]);
  return left.map(({ n }, i) => n >= NEW * whole[i].n);
}

/** What a hunt found, with its verdicts at its share of the rate. */
function judgedOf({ picks, verdicts }: Hunt, totals: PartTotals, judge: Half, share: number): Judged[] {
  const ordered = judge === 'heldOut' ? totals : { searched: totals.heldOut, heldOut: totals.searched };
  return picks.map((pick, i) => ({
    pick: { ...pick, totals: ordered },
    verdict: { ...verdicts![i], qValue: Math.min(1, verdicts![i].qValue / share) },
    judge,
  }));
}

/**
 * Hunts in one split, both ways or one, and adds to `before`, which earlier splits confirmed, what says something new, in the order in
 * which the searches chose it; a slice that turns out to be a part of a new one goes, where what the new one adds is as sure as a slice
 * has to be. What is not confirmed stands apart.
 */
function* huntSplit(
  options: HuntOptions & SplitOptions,
  { both, share }: { both: boolean; share: number },
  before: readonly Judged[],
): Hunting<SplitHunt> {
  const { searched, heldOut, zeroOne, falseDiscoveryRate, k } = options;
  const totals = { searched, heldOut: heldOut! };
  const hunts = [yield* huntSlices(options), ...(both ? [yield* swapped(options)] : [])];
  const all = hunts.flatMap((one, way) => judgedOf(one, totals, way === 0 ? 'heldOut' : 'searched', share));
  const sure = ({ verdict }: Judged): boolean => verdict.qValue <= falseDiscoveryRate;
  let confirmed = before;
  for (const one of all.filter(sure)) {
    const { n, pValue } = yield* remains(one, confirmed, totals, zeroOne);
    if (n < NEW * one.verdict.counts.n || pValue > REMAINS) continue;
    const apart = yield* among(one.judge, outside(one, confirmed));
    if (apart.includes(false) && pValue > falseDiscoveryRate * share) continue;
    confirmed = [...confirmed.filter((_, c) => apart[c]), one];
  }
  const others: Judged[] = [];
  for (const one of all.filter((own) => !sure(own)).sort(byLuck)) {
    if (others.length === k) break;
    const { n } = yield* remains(one, [...confirmed, ...others], totals, zeroOne);
    if (n >= NEW * one.verdict.counts.n) others.push(one);
  }
  return { hunts, confirmed, others };
}

/** The same, for a split of that number. */
function* inSplit<T>(split: number, work: Hunting<T>): Hunting<T, SplitRequest> {
  let step = work.next();
  while (!step.done) step = work.next(yield { ...step.value, split });
  return step.value;
}

/**
 * Hunts in each split of the rows, where the parts are about equal both ways: each part is searched and judged by the other, so that a
 * slice needs to stand out in one of them only and be confirmed in the other. No slice is judged by rows that showed it. Each hunt has
 * an equal share of the rate of false discoveries. Of several confirmations of a slice the first hunt's
 * stands for it, and not the one with the highest error, so that the error where it was judged stays a fair one. What was not confirmed
 * is that of the last split.
 */
export function* hunt(options: SplitOptions, splits: readonly Split[]): Hunting<Hunt, SplitRequest> {
  const { alpha, group, oneWay, k } = options;
  const [{ searched, heldOut }] = splits;
  if (alpha !== undefined || heldOut === null) {
    return yield* inSplit(0, huntSlices({ ...options, ...splits[0] }));
  }
  const near = heldOut.n <= 1.25 * searched.n && heldOut.n <= MOST_BOTH;
  const both = group && !oneWay && near && splits.every((one) => one.heldOut!.sum > 0);
  const share = 1 / (splits.length * (both ? 2 : 1));
  const found: SplitHunt[] = [];
  let confirmed: readonly Judged[] = [];
  for (const [split, parts] of splits.entries()) {
    const one = yield* inSplit(split, huntSplit({ ...options, ...parts }, { both, share }, confirmed));
    found.push(one);
    confirmed = one.confirmed;
  }
  const chosen = [...[...confirmed].sort(byLuck).slice(0, k), ...found.at(-1)!.others];
  const hunts = found.flatMap((one) => one.hunts);
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
