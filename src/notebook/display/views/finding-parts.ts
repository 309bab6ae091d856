import { percent, threeDigits } from '../../../figures/template';
import type { Cause, Confirmation } from '../../../confirm/types';
import type { FindingData, Locator, Reference, SeedShare } from '../../../suspect/types';
import type { ViewLearnt, ViewLine, ViewTable } from '../view';

/** Weight from which on a cause has a row of its own, and rows at most. */
const WORTH_A_ROW = 0.03;
const MOST_ROWS = 6;

/** The causes that are worth a row, heaviest first, and how many are left. */
function rowsOf(
  causes: readonly Cause[],
  weightOf: (cause: Cause) => number,
): { readonly rows: readonly Cause[]; readonly more: number } {
  const sorted = [...causes].sort((a, b) => b.weight - a.weight);
  const rows = sorted.filter((cause, i) => i === 0 || weightOf(cause) >= WORTH_A_ROW).slice(0, MOST_ROWS);
  return { rows, more: sorted.length - rows.length };
}

/** Causes with their weights, heaviest first; those of little weight are counted only. */
export function causesTable(causes: readonly Cause[]): ViewTable {
  const { rows, more } = rowsOf(causes, ({ weight }) => weight);
  return {
    head: ['possible cause', 'weight (%)', 'what to do'],
    rows: rows.map((cause) => [cause.title, { value: cause.weight, share: true }, cause.fix]),
    more,
  };
}

/** Causes with their weights before and after an experiment, heaviest afterwards first. */
export function causesAfterTable(confirmation: Confirmation, title: string): ViewTable {
  const before = new Map(confirmation.before.map((cause) => [cause.id, cause.weight]));
  const was = ({ id }: Cause): number => before.get(id) ?? 0;
  const { rows, more } = rowsOf(confirmation.causes, (cause) => Math.max(cause.weight, was(cause)));
  return {
    title,
    head: ['possible cause', 'weight before (%)', 'weight after (%)', 'what to do'],
    rows: rows.map((cause) => [
      cause.title,
      { value: was(cause), share: true },
      { value: cause.weight, share: true },
      cause.fix,
    ]),
    more,
  };
}

/** Seconds as a person would say them. */
const secondsText = (seconds: number): string => `${Number(seconds.toPrecision(seconds < 10 ? 1 : 2))} s`;

/** A name from code as words: `finalLoss` → `final loss`. */
const words = (name: string): string =>
  name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Numbers of a finding, and how strange they make it. */
export function measuredTable({ evidence, score, threshold }: FindingData): ViewTable {
  return {
    title: 'What was measured',
    head: ['measured', 'value'],
    rows: [
      ...Object.entries(evidence)
        .filter(([name]) => name !== 'of')
        .map(([name, value]) => [words(name), typeof value === 'number' ? threeDigits(value) : value]),
      ['how strange', `${threeDigits(score)}, told from ${threeDigits(threshold)} on`],
    ],
    folded: true,
  };
}

function placesOf({
  epoch,
  lastEpoch,
  step,
  layer,
  column,
  class: of,
  slice,
  exampleIds,
}: Locator): string[] {
  const ids = exampleIds ?? [];
  const left = ids.length - 5;
  return [
    layer === undefined ? '' : `layer ${layer}`,
    column === undefined ? '' : `column ${column}`,
    of === undefined ? '' : `class ${of}`,
    slice === undefined ? '' : `slice ${slice}`,
    step === undefined ? '' : step === 0 ? 'before the first step' : `step ${step}`,
    epoch === undefined
      ? ''
      : lastEpoch === undefined || lastEpoch <= epoch
        ? `epoch ${epoch}`
        : `epochs ${epoch} to ${lastEpoch}`,
    ids.length === 0 ? '' : `examples ${ids.slice(0, 5).join(', ')}${left > 0 ? ` and ${left} more` : ''}`,
  ].filter(Boolean);
}

/** Where it is, in words; empty where that is nowhere in particular. */
export const placeText = (where: Locator): string => placesOf(where).join(', ');

/** With which seeds it came. */
export function seedsText({ found, of, which }: SeedShare): string {
  const seeds = which.map((seed) => seed ?? 'unknown');
  return `Found with ${found} of ${of} seeds (${seeds.join(', ')}); the numbers are those of seed ${seeds[0]}.`;
}

/** How often the check is wrong, and how often it is right, as the fault benchmark has counted. */
export function sureText({ falseAlarmRate, detection }: FindingData): string {
  const between = ([low, high]: readonly [number, number]): string =>
    `[${[low, high].map((share) => percent(share).replace(' %', '')).join(', ')}]`;
  const { rate, interval, healthyRuns } = falseAlarmRate;
  if (healthyRuns === 0) return 'How often this check speaks up on healthy runs has not been counted.';
  const named =
    detection.faults === 0
      ? ''
      : ` and named ${percent(detection.rate)} ${between(detection.interval)} of ${detection.faults} planted faults of its kind`;
  return `This check spoke up on ${percent(rate)} ${between(interval)} of ${healthyRuns} healthy runs${named}.`;
}

/** The theory, and where to read of it. */
export function whyText(why: string, references: readonly Reference[]): string {
  const works = references.map(({ author, title, year }) => `${author}, “${title}” (${year})`);
  return works.length === 0 ? why : `${why} See ${works.join('; ')}.`;
}

/** What to run next, on a finding of this name; nothing where a cause has been confirmed. */
export function nextLines(
  { causes, experiment }: FindingData,
  name: string,
  confirmations: readonly Confirmation[],
): readonly ViewLine[] {
  const line = (words: string): readonly ViewLine[] => [{ label: 'What to run next', words }];
  const last = confirmations[confirmations.length - 1];
  if (last) {
    const open = last.verdict === 'cannot-tell' && last.experiment !== 'none';
    return open ? line(`${name}.confirm({ until: 0.9 }) goes on until one cause has 90 %.`) : [];
  }
  if (experiment) {
    return line(`${name}.confirm() trains ${experiment.title}, about ${secondsText(experiment.seconds)}.`);
  }
  if (experiment === null || causes.length < 2) return [];
  return line(`${name}.confirm() runs the experiment that tells the causes apart.`);
}

/** What an experiment has taught, and what it made of the causes. */
export function learntOf(confirmation: Confirmation): ViewLearnt {
  const { message, fix, seconds, verdict } = confirmation;
  return {
    label: `Learnt in ${secondsText(seconds)}`,
    words: verdict === 'confirmed' ? `${message} ${fix}` : message,
    tables:
      confirmation.causes.length > 0
        ? [{ ...causesAfterTable(confirmation, 'Causes before and after'), folded: true }]
        : [],
  };
}
