import type { RunLog } from '../../build/types';
import { rowsOf } from '../pool-split';
import { bestScore, inNumbers, readSide } from '../read-arm';
import { retraining } from '../retraining';

/** Share of its presentations in which an example must have been wrong to be doubted. */
const WRONG = 0.6;

/** Rows of the training examples that the model hardly ever got right, where half of all or more were. */
function doubtful({ examples }: RunLog): readonly number[] {
  if (!examples) return [];
  const rows: number[] = [];
  for (let row = 0; row < examples.n; row++) {
    if (examples.seen[row] > 0 && examples.correctSum[row] < (1 - WRONG) * examples.seen[row]) rows.push(row);
  }
  return rows;
}

/** Without the training examples that the model kept getting wrong: where their labels were, validation gets better. */
export const withoutDoubtfulLabels = retraining({
  id: 'without-doubtful-labels',
  title: 'without the training examples that it kept getting wrong',
  question: 'Does it help to leave out the examples that were never learnt?',
  needsValidation: true,
  share: () => 0.9,
  pointless: ({ log }) => {
    if (log.task !== 'classification') return 'The task has no classes that could be wrong.';
    const count = doubtful(log).length;
    const n = log.data.train?.n ?? 0;
    if (count < 0.02 * n) return 'Hardly any training example was got wrong again and again.';
    return count > 0.6 * n ? 'Most training examples were got wrong.' : null;
  },
  change: ({ log, sets }) => {
    const out = new Set(doubtful(log));
    const { train } = sets();
    return {
      train: rowsOf(
        train,
        Array.from({ length: train.n }, (_, row) => row).filter((row) => !out.has(row)),
      ),
    };
  },
  read: (own, arm, gone) => {
    const reading = readSide(own, arm, 'validation', gone);
    const [a, b] = [bestScore(own, 'validation'), bestScore(arm, 'validation')];
    const best = a && b ? b.value < 0.95 * a.value : false;
    return {
      seen: reading.compared === 'better' || best,
      told: inNumbers(reading),
      outcome: reading.compared,
    };
  },
  outcomes: {
    other: 0.15,
    under: {
      'labels-noisy': 0.85,
      'labels-without-signal': 0.05,
      'trained-too-long': 0.3,
      'too-few-examples': 0.15,
      'validation-easier': 0.1,
      'validation-differs': 0.15,
      'too-rare-in-training': 0.05,
    },
  },
});
