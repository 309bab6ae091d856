import type { ErrorTags, Estimated, TagCount } from '../look/tags/types';
import { threeDigits } from './template';

/** A share in percent with one decimal, so that what is left can be taken from what there was. */
export function points(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1).replace(/^100\.0$/, '100')} %` : '—';
}

/** "6.4 % [6.1, 6.9]". */
export function pointsWithin({ value, interval }: Estimated): string {
  const [low, high] = interval.map((end) => points(end).replace(/ %$/, ''));
  return `${points(value)} [${low}, ${high}]`;
}

/** What the error is called: for regression, with its bound. */
export const errorOfTags = ({ bound }: Pick<ErrorTags, 'bound'>): string =>
  bound === null ? 'error' : `share of errors above ${threeDigits(bound)}`;

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** The sentence of a result: what to fix first and what it buys at best, or how far the looking is. */
export function tagsTitle(result: ErrorTags): string {
  const { errors, ranking, tags, examples } = result;
  if (errors.n === 0) return `No errors among ${plural(result.n, 'example')}`;
  const drawn = examples.filter(({ wrong }) => wrong).length;
  if (errors.reviewed === 0) return `${plural(drawn, 'error')} of ${errors.n} to look at: none has been yet`;
  const [first] = tags;
  if (ranking.status === 'none' || !first)
    return `None of the ${plural(errors.reviewed, 'error')} looked at has a tag`;
  const gain = `${errorOfTags(result)} ${points(errors.rate)} → at best ${points(first.ceiling.value)}`;
  const advice = ranking.status === 'settled' ? `Fix "${first.tag}" first` : `"${first.tag}" leads so far`;
  return `${advice}: ${gain}`;
}

/** How sure it is what to do first, and what it takes to know. */
export function rankingWords({ ranking, errors, tags, level }: ErrorTags): string {
  const { status, first, second, confidence, more } = ranking;
  if (status === 'none' || first === null) return '';
  const dear = tags.some(({ effort }) => effort !== 1) ? ' for its effort' : '';
  const sure = `"${first}" gains most${dear} with ${Math.min(99.9, Number((100 * confidence).toPrecision(3)))} % confidence`;
  if (status === 'settled')
    return second === null ? `"${first}" is the only tag.` : `${sure}: that is settled.`;
  const left = errors.n - errors.reviewed;
  if (more !== null)
    return `${sure}. About ${more} more of the ${left} errors left will most likely settle it.`;
  const close =
    tags[1]?.count > 0 ? `"${first}" and "${second}" are too close` : `too few errors have "${first}"`;
  return left === 0
    ? `${sure}. It cannot be settled with the ${errors.n} errors that there are: ${close}.`
    : `${sure}. The ${left} errors left will most likely not bring it to ${Math.round(100 * level)} %: ${close}.`;
}

/** "fixing all "blurry" takes the error from 8.1 % [7.4, 8.9] to at best 6.4 % [6.1, 6.9]". */
export function ceilingWords(
  result: ErrorTags,
  { tag, ceiling, only, count, ceilingAlone }: TagCount,
): string {
  const { rate: value, interval } = result.errors;
  const from = `Fixing all "${tag}" takes the ${errorOfTags(result)} from ${pointsWithin({ value, interval })} to at best ${pointsWithin(ceiling)}`;
  return only === count
    ? `${from}.`
    : `${from}; ${points(ceilingAlone.value)} if those that have another tag too stay wrong (${count - only} of ${count}).`;
}

/** What right answers that were looked at say of luck; empty where none was. */
export function luckyWords({ correct, bound }: ErrorTags): string {
  const { lucky } = correct;
  if (lucky.n === 0) return '';
  const what = bound === null ? 'accuracy' : 'share within the bound';
  const share = pointsWithin({ value: lucky.share, interval: lucky.interval });
  return `Of ${plural(lucky.n, 'right answer')} looked at, ${lucky.count} by luck: ${share}. Without luck the ${what} is ${pointsWithin(lucky.earned)}.`;
}
