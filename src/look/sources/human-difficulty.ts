import { InputError } from '../../core/input-error';
import { checkSameLength } from '../../core/options';
import type { Predictions } from '../../metrics/types';
import type { AgreementMeasure, HumanDifficulty } from '../difficulty-options';
import { agreementOf, spreadOf } from './agreement';
import { columnDifficulty, REVERSED } from './column-difficulty';
import { answerCodes, answerValues } from './human-answers';
import type { SourceValues } from './source-values';

const WAYS = ['column', 'values', 'time', 'answer', 'annotators', 'votes'] as const;

type Way = (typeof WAYS)[number];
type Found = Pick<SourceValues, 'title' | 'unit' | 'values'>;

const AGREEMENT: Readonly<Record<AgreementMeasure, readonly [string, string]>> = {
  minority: ['share of people outside the majority', ''],
  entropy: ['entropy of what people say', 'nats'],
  disagreement: ['share of people who disagree with the label', ''],
  spread: ['spread of what people say', 'target'],
};

/** The one way that was chosen. */
function wayOf(fn: string, options: HumanDifficulty): Way {
  const given = WAYS.filter((way) => options[way] !== undefined);
  if (given.length === 1) return given[0];
  throw new InputError({
    code: 'missing',
    fn,
    param: given[1] ?? 'values',
    expected: `be given, or "column", "time", "answer", "annotators" or "votes", and only one of them`,
    mend: given.length > 1 ? `These were: ${given.join(', ')}.` : undefined,
  });
}

/** Ratings, either way round. */
function rated(title: string, values: Float64Array, higherIsHarder: boolean): Found {
  return { title: higherIsHarder ? title : REVERSED + title, unit: '', values };
}

/** Whether one person was wrong, or how far off. */
function answered(fn: string, predictions: Predictions, column: string): Found {
  const { task, label } = predictions;
  if (task === 'regression') {
    const [values] = answerValues(fn, 'answer', predictions, [column]);
    return {
      title: `squared error of "${column}"`,
      unit: 'target²',
      values: values.map((value, i) => (value - label[i]) ** 2),
    };
  }
  const [codes] = answerCodes(fn, 'answer', predictions, [column]);
  const values = Float64Array.from(codes, (code, i) => (code < 0 ? NaN : Number(code !== label[i])));
  return { title: `wrong by "${column}"`, unit: '', values };
}

/** How many chose each class, from one column for each person. */
function countedVotes(fn: string, predictions: Predictions, columns: readonly string[]): number[][] {
  const codes = answerCodes(fn, 'annotators', predictions, columns);
  return Array.from({ length: predictions.n }, (_, i) => {
    const counts = predictions.classes.map(() => 0);
    for (const of of codes) if (of[i] >= 0) counts[of[i]] = (counts[of[i]] ?? 0) + 1;
    return Array.from(counts, (count) => count ?? 0);
  });
}

/** The rows of a matrix of votes. */
function givenVotes(fn: string, { n, classes }: Predictions, votes: ArrayLike<number>): number[][] {
  const k = classes.length;
  checkSameLength(fn, { 'predictions × classes': n * k, votes: votes.length });
  return Array.from({ length: n }, (_, i) => Array.from({ length: k }, (_, c) => votes[i * k + c]));
}

/** How much the answers of several people differ. */
function agreed(fn: string, predictions: Predictions, options: HumanDifficulty): Found {
  const regression = predictions.task === 'regression';
  const { measure = regression ? 'spread' : 'minority', annotators, votes } = options;
  if (regression !== (measure === 'spread') || (regression && votes)) {
    throw new InputError({
      code: 'unsupported',
      fn,
      param: votes && regression ? 'votes' : 'measure',
      expected: regression
        ? 'be "spread" of "annotators" for values'
        : 'be "minority", "entropy" or "disagreement" for classes',
      received: measure,
    });
  }
  const [title, unit] = AGREEMENT[measure];
  if (measure === 'spread') {
    const people = answerValues(fn, 'annotators', predictions, annotators ?? []);
    const values = Float64Array.from({ length: predictions.n }, (_, i) =>
      spreadOf(people.map((of) => of[i])),
    );
    return { title, unit, values };
  }
  const counts = votes ? givenVotes(fn, predictions, votes) : countedVotes(fn, predictions, annotators ?? []);
  return { title, unit, values: agreementOf({ counts, label: predictions.label }, measure) };
}

/** Difficulty as people found it: what they said, how long they took, how much they disagree, whether they were wrong. */
export function humanDifficulty(
  fn: string,
  predictions: Predictions,
  options: HumanDifficulty,
): SourceValues {
  const { column, values: given, time, answer, measure, higherIsHarder } = options;
  const { n, metadata, task } = predictions;
  const way = wayOf(fn, options);
  const several = way === 'annotators' || way === 'votes';
  const odd = several || way === 'answer' ? higherIsHarder !== undefined : measure !== undefined;
  if (odd || (way === 'answer' && measure !== undefined)) {
    throw new InputError({
      code: 'unsupported',
      fn,
      param: measure !== undefined ? 'measure' : 'higherIsHarder',
      expected: `not be given with "${way}"`,
    });
  }
  if (way === 'votes' && task === 'multi-label') answerCodes(fn, 'votes', predictions, []);
  const up = higherIsHarder ?? true;
  const found = ((): Found => {
    if (way === 'column') return rated(column!, columnDifficulty(fn, metadata, column!, up), up);
    if (way === 'time') return rated(`time taken ("${time!}")`, columnDifficulty(fn, metadata, time!, up, undefined, 'time'), up); // prettier-ignore
    if (way === 'answer') return answered(fn, predictions, answer!);
    if (several) return agreed(fn, predictions, options);
    checkSameLength(fn, { predictions: n, values: given!.length });
    const sign = up ? 1 : -1;
    const values = Float64Array.from({ length: n }, (_, i) => sign * (given![i] ?? NaN));
    return rated('difficulty for people', values, up);
  })();
  return { source: 'human', circular: false, ...found };
}
