import type { Counts } from '../../engine/count/types';
import type { Moments } from '../../stats/moments';
import { countRemaining } from './count-remaining';
import { among, huntSlices, type Hunt, type HuntOptions, type HuntRequest } from './hunt';
import { luck, type Verdict } from './judge-slices';
import type { Pick } from './pick-slices';
import { sumTried } from './sum-tried';

type Hunting<T> = Generator<HuntRequest, T, Counts>;
type Half = HuntRequest['half'];

/** A slice that one half showed, and what the other says of it. */
interface Judged {
  readonly pick: Pick;
  readonly verdict: Verdict;
  /** The half that judges it. */
  readonly judge: Half;
}

/** Share of a slice's judging rows that must be in none of the others. */
const NEW = 0.5;
/** What remains of a slice outside of the others must still be worse than luck at this level. */
const REMAINS = 0.05;

const OTHER: Readonly<Record<Half, Half>> = { searched: 'heldOut', heldOut: 'searched' };

/** Hunts with the halves in each other's place. */
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
  totals: Moments,
  zeroOne: boolean,
): Hunting<{ n: number; pValue: number }> {
  const cells = [...others, { pick }].map((one) => one.pick.conditions);
  const { own, rest } = (yield* among(judge, countRemaining(cells, totals))).at(-1)!;
  return { n: own.n, pValue: luck(own, rest, zeroOne) };
}

/**
 * Hunts twice: each half is searched and judged by the other, so that a slice needs to stand out in one of them only and be
 * confirmed in the other. No slice is judged by rows that showed it. Each hunt has half of the rate of false discoveries; what one
 * confirms and the other has already said counts once.
 */
function* huntBoth(options: HuntOptions, falseDiscoveryRate: number): Hunting<Hunt> {
  const { searched, heldOut, zeroOne, k } = options;
  const totals = { searched, heldOut: heldOut! };
  const hunts = [yield* huntSlices(options), yield* swapped(options)];
  const all = hunts.flatMap(({ picks, verdicts }, way) =>
    picks.map((pick, i): Judged => {
      const verdict = verdicts![i];
      return {
        pick: way === 0 ? pick : { ...pick, swapped: true },
        verdict: { ...verdict, qValue: Math.min(1, 2 * verdict.qValue) },
        judge: way === 0 ? 'heldOut' : 'searched',
      };
    }),
  );
  const sure = ({ verdict }: Judged): boolean => verdict.qValue <= falseDiscoveryRate;
  const kept: Judged[] = [];
  const byLuck = (a: Judged, b: Judged): number => a.verdict.pValue - b.verdict.pValue;
  for (const one of [...all.filter(sure).sort(byLuck), ...all.filter((own) => !sure(own)).sort(byLuck)]) {
    const others = kept.filter(
      ({ judge, verdict }) => judge !== one.judge || (!sure(one) && sure({ ...one, verdict })),
    );
    if (others.length > 0) {
      const { n, pValue } = yield* remains(one, others, totals[one.judge], zeroOne);
      if (n < NEW * one.verdict.counts.n || (sure(one) && pValue > REMAINS)) continue;
    }
    kept.push(one);
  }
  const confirmed = kept.filter(sure).slice(0, k);
  const chosen = [...confirmed, ...kept.filter((one) => !sure(one)).slice(0, k)];
  const stops = hunts.flatMap(({ stoppedAt }) => (stoppedAt === undefined ? [] : [stoppedAt]));
  return {
    picks: chosen.map(({ pick }) => pick),
    verdicts: chosen.map(({ verdict }) => verdict),
    tried: sumTried(hunts[0].tried, hunts[1].tried),
    refined: hunts[0].refined + hunts[1].refined,
    bothWays: true,
    ...(stops.length > 0 && { stoppedAt: Math.min(...stops) }),
  };
}

/** Rows up to which the judging part is searched as well. */
const MOST_BOTH = 1_000_000;

/** Hunts both ways where the parts are about equal and surprise is what counts; else one way. */
export function hunt(options: HuntOptions, falseDiscoveryRate: number): Hunting<Hunt> {
  const { searched, heldOut, alpha, group } = options;
  const both = group && alpha === undefined && heldOut !== null && heldOut.sum > 0;
  return both && heldOut.n <= 1.25 * searched.n && heldOut.n <= MOST_BOTH
    ? huntBoth(options, falseDiscoveryRate)
    : huntSlices(options);
}
