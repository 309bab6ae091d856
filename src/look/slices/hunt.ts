import { type CountRequest, type Counts } from '../../engine/count/types';
import type { Moments } from '../../stats/moments';
import { judgeSlices, type Verdict } from './judge-slices';
import type { LevelRule } from './level-rule';
import { pickSlices, withAlternatives, type Chosen, type Pick } from './pick-slices';
import { fillUp } from './fill-up';
import { rangeItems, singleItems } from './range-items';
import { searchRanges } from './search-ranges';
import { searchSlices, type LevelTried, type SliceSearch } from './search-slices';
import { sliceLineScore, surpriseOfShares, surpriseScore, type SliceScore } from './slice-score';
import { sliceWorth } from './slice-worth';

/** What is wanted counted, and among which rows. */
export interface HuntRequest {
  readonly half: 'searched' | 'heldOut';
  readonly request: CountRequest;
}

export interface HuntOptions {
  readonly rules: readonly LevelRule[];
  readonly searched: Moments;
  /** Null where no rows are held out. */
  readonly heldOut: Moments | null;
  readonly zeroOne: boolean;
  /** SliceLine's α; undefined to score by surprise. */
  readonly alpha: number | undefined;
  /** Rows that a slice has at least among the searched ones. */
  readonly support: number;
  readonly k: number;
  readonly maxLevel: number;
  /** Whether slices that say the same are one. */
  readonly group: boolean;
}

export interface Hunt {
  readonly picks: readonly Pick[];
  /** One a pick; null where no rows are held out. */
  readonly verdicts: readonly Verdict[] | null;
  readonly tried: readonly LevelTried[];
  readonly refined: number;
  /** The first level that was not searched to its end, if any. */
  readonly stoppedAt?: number;
  /** Times that the rows were parted anew; defaults to 1. */
  readonly splits?: number;
  /** Slices that one hunt had judged at most; defaults to as many as were wanted. */
  readonly judged?: number;
  /** True where both parts were searched, each judged by the other. */
  readonly bothWays?: boolean;
}

/** Cells that SliceLine's slices are chosen from where those that say the same are one. */
const POOL = 1000;
/** Standard errors above the other rows from which a cell is looked at. */
const LEAST = 2;
/** Cells that a choice is made from. */
const MOST = 2000;
/** Times that the rows outside of the chosen slices are searched again. */
const ROUNDS = 6;
/** Cells that are refined for the other rows to judge where nothing is worth more than luck offers. */
const CANDIDATES = 60;

type Hunting<T> = Generator<HuntRequest, T, Counts>;

/** Passes on all that some work wants counted, as `told` says it. */
export function* relay<T, Asked, Told>(
  work: Generator<Asked, T, Counts>,
  told: (request: Asked) => Told,
): Generator<Told, T, Counts> {
  let step = work.next();
  while (!step.done) step = work.next(yield told(step.value));
  return step.value;
}

/** Has all that some work wants counted counted among the rows of one half. */
export const among = <T>(half: HuntRequest['half'], work: Generator<CountRequest, T, Counts>): Hunting<T> =>
  relay(work, (request) => ({ half, request }));

/** What is found on the searched rows. `sure`: how many of the picks, the first, luck does not offer. */
type Found = Omit<Hunt, 'verdicts'> & { readonly sure: number };

/** SliceLine's best slices; where those that say the same are one, chosen among a larger number. */
function* bySliceLine({ rules, searched, alpha, support, k, maxLevel, group }: HuntOptions): Hunting<Found> {
  const levels = rules.map((rule) => rule.levels);
  const scoreOf = (totals: Moments): SliceScore => sliceLineScore(totals, alpha!, support);
  const search = { k: group ? Math.max(k, POOL) : k, support, maxLevel };
  const { best, tried } = yield* among(
    'searched',
    searchSlices(levels, singleItems(rules), scoreOf(searched), search),
  );
  if (!group) {
    const chosen = { ...nothingChosen(searched), cells: best, lost: best.map(() => []) };
    const picks = yield* among('searched', withAlternatives(chosen));
    return { picks, sure: picks.length, tried, refined: 0 };
  }
  const options = {
    ...{ support, rules, scoreOf, worthOf: (score: number) => score, slack: 0.03 },
    // SliceLine has searched all conditions that could be added.
    ...{ items: new Int32Array(), maxLevel },
  };
  const limits = { floor: 0, most: k };
  const chosen = yield* among(
    'searched',
    pickSlices(best, searched, nothingChosen(searched), limits, options),
  );
  const picks = yield* among('searched', withAlternatives(chosen));
  return { picks, sure: picks.length, tried, refined: chosen.refined };
}

const nothingChosen = (rest: Moments): Chosen => ({ cells: [], lost: [], rest, refined: 0 });

/**
 * The most surprising slices. What is worth more than chance offers is chosen and its rows are left out of the next round, until
 * nothing is. Then come candidates for the held-out rows to judge; where none are, what is worth most by the rows that remain.
 */
function* bySurprise(given: HuntOptions): Hunting<Found> {
  const { rules, searched, heldOut, support, k, maxLevel, zeroOne } = given;
  const surprise = zeroOne ? surpriseOfShares : surpriseScore;
  const scoreOf = (totals: Moments): SliceScore => surprise(totals, LEAST, support);
  const items = rangeItems(rules);
  const worthOf = sliceWorth(rules.length, items);
  const options = { support, rules, scoreOf, worthOf, slack: 0, items, maxLevel };
  let chosen = nothingChosen(searched);
  let sure = 0;
  let found: SliceSearch | undefined;
  for (let round = 0; round < ROUNDS && chosen.rest.sum > 0 && chosen.cells.length < k; round++) {
    const without = chosen.cells.map(({ conditions }) => conditions);
    const search = { support, maxLevel, without, n: searched.n };
    const next = yield* among('searched', searchRanges(rules, scoreOf(chosen.rest), search));
    found ??= next;
    const pool = next.best
      .map((cell) => ({ cell, worth: worthOf(cell.score, cell.conditions) }))
      .sort((a, b) => b.worth - a.worth)
      .slice(0, MOST)
      .map(({ cell }) => cell);
    chosen = yield* among('searched', pickSlices(pool, searched, chosen, { floor: 0, most: k }, options));
    if (chosen.cells.length > sure) {
      sure = chosen.cells.length;
      continue;
    }
    chosen = yield* among(
      'searched',
      heldOut === null
        ? pickSlices(pool, searched, chosen, { floor: -Infinity, most: k }, options)
        : fillUp(pool.slice(0, CANDIDATES), searched, chosen, options),
    );
    break;
  }
  const { tried = [], stoppedAt } = found ?? {};
  return {
    ...{ picks: yield* among('searched', withAlternatives(chosen)), sure, tried, refined: chosen.refined },
    ...(stoppedAt !== undefined && { stoppedAt }),
  };
}

/** Searches slices on some rows, chooses those that say something new and judges them on the others. */
export function* huntSlices(options: HuntOptions): Hunting<Hunt> {
  const { searched, heldOut, alpha, zeroOne } = options;
  if (!(searched.sum > 0)) return { picks: [], verdicts: heldOut && [], tried: [], refined: 0 };
  const found = alpha === undefined ? yield* bySurprise(options) : yield* bySliceLine(options);
  if (heldOut === null) return { ...found, verdicts: null };
  const cells = found.picks.map(({ conditions }) => conditions);
  return { ...found, verdicts: yield* among('heldOut', judgeSlices(cells, found.sure, heldOut, zeroOne)) };
}
