import { retraining } from '../retraining';

/** Other initial weights and another order, the rest the same. */
export const anotherSeed = retraining({
  id: 'another-seed',
  title: 'from another seed',
  question: 'Does another seed end otherwise?',
  change: ({ seed }) => ({ options: { seed: seed + 1 } }),
  outcomes: {
    other: 0.1,
    under: { 'training-unstable': 0.7, 'units-dead': 0.25, 'learning-rate-too-high': 0.2 },
  },
});
