import { findDuplicates } from '../duplicates';
import { rowsOf } from '../pool-split';
import { gainOf, inWords, readSide } from '../read-arm';
import type { Change, Sets } from '../retrain';
import { retraining } from '../retraining';

/** Validation examples that must be left for a score. */
const FEWEST = 20;

const others = (n: number, out: readonly number[]): readonly number[] => {
  const gone = new Set(out);
  return Array.from({ length: n }, (_, row) => row).filter((row) => !gone.has(row));
};

/** Takes the copies out of the validation examples, or out of training where too few would be left to judge by. */
function apart({ train, validation }: Sets): Change | null {
  const copies = findDuplicates(train, validation!).indices;
  const left = others(validation!.n, copies);
  if (copies.length === 0) return null;
  if (left.length >= FEWEST) return { validation: rowsOf(validation!, left) };
  const kept = others(train.n, findDuplicates(validation!, train).indices);
  return kept.length === 0 ? null : { train: rowsOf(train, kept) };
}

/** No example on both sides of the split. */
export const withoutDuplicates = retraining({
  id: 'without-duplicates',
  title: 'without the copies across the split',
  question: 'Does the score fall without the copies?',
  needsValidation: true,
  pointless: ({ sets }) =>
    apart(sets()) === null
      ? 'No validation example stands among the training examples, or all of both do.'
      : null,
  change: ({ sets }) => apart(sets())!,
  read: (own, arm, gone) => {
    const reading = readSide(own, arm, 'validation', gone);
    return {
      seen: gone ?? gainOf(reading.before, reading.after) < -0.2,
      told: inWords(reading),
      outcome: reading.compared,
    };
  },
  outcomes: {
    other: 0.06,
    under: { 'duplicates-across-split': 0.95, 'validation-easier': 0.2, 'validation-differs': 0.15 },
  },
});
