import type { Task } from '../../data/types';
import type { Warning } from '../../core/warning';
import type { ExampleCard } from '../cards/types';

/** Where an example lies on the map: `between` is none of the three. */
export type DynamicsRegion = 'easy-to-learn' | 'ambiguous' | 'hard-to-learn' | 'between';

/** What is known of how an example was learnt. */
export type DynamicsMeasure =
  | 'loss'
  | 'lossSpread'
  | 'confidence'
  | 'variability'
  | 'correctness'
  | 'forgetting'
  | 'firstLearned'
  | 'aum'
  | 'el2n';

/** Examples that something is true of, with Wilson's interval of their share. */
export interface CountedShare {
  readonly count: number;
  readonly n: number;
  readonly share: number;
  readonly interval: readonly [number, number];
}

/** How the examples of one class, or with one label, were learnt. */
export interface ClassDynamics {
  readonly class: string;
  readonly n: number;
  /** Mean over its examples, with Student's interval. */
  readonly confidence: number;
  readonly confidenceInterval: readonly [number, number];
  readonly neverLearned: CountedShare;
  readonly hardToLearn: CountedShare;
}

/** Examples of a region of the map, those that are most so first. */
export interface RegionCards {
  readonly region: DynamicsRegion;
  /** Examples in the region. */
  readonly n: number;
  /** Confidence and loss are means over the epochs; `predicted` is empty. */
  readonly cards: readonly ExampleCard[];
}

/** How each training example was learnt; numbers are means over the runs, NaN where unknown. Arrays are one entry an example. */
export interface TrainingDynamics {
  readonly kind: 'training-dynamics';
  readonly name: string;
  readonly task: Task;
  readonly n: number;
  readonly runs: number;
  readonly seeds: readonly (number | null)[];
  /** Epochs that each run did. */
  readonly epochs: readonly number[];
  readonly ids: readonly string[];
  /** Class names, names of all its labels, or values as text; null where the logs do not tell. */
  readonly labels: readonly string[] | null;
  /** Runs that have seen it. */
  readonly seenIn: ArrayLike<number>;
  /** How often a run that has seen it was trained on it. */
  readonly presentations: ArrayLike<number>;
  /** Mean over the presentations, and their population standard deviation. */
  readonly loss: ArrayLike<number>;
  readonly lossSpread: ArrayLike<number>;
  /** Mean probability of the true class over the presentations. This and all that follows is null for regression. */
  readonly confidence: ArrayLike<number> | null;
  /** Its population standard deviation; NaN for fewer than two presentations. */
  readonly variability: ArrayLike<number> | null;
  /** Presentations in which it was right; with several labels, in all of them. */
  readonly correctness: ArrayLike<number> | null;
  /** Times it went from right to wrong; the number of presentations where a run never learnt it. */
  readonly forgetting: ArrayLike<number> | null;
  /** Epoch in which it first was right, over the runs that learnt it; NaN where none did. */
  readonly firstLearned: ArrayLike<number> | null;
  /** Runs that learnt it; 0 = never learned. */
  readonly learnedIn: ArrayLike<number> | null;
  /** Mean logit of the true class less the largest other one. Null for logs that lack it. */
  readonly aum: ArrayLike<number> | null;
  /** Mean of ‖p − one-hot‖₂ over the early epochs. Null for logs that lack it. */
  readonly el2n: ArrayLike<number> | null;
  readonly regions: readonly DynamicsRegion[];
  /** Share of the examples that each end of an axis takes. */
  readonly share: number;
  /** Ambiguous examples that are also among those of least confidence, and of most; 0 for regression. */
  readonly overlaps: { readonly ambiguousAndHard: number; readonly ambiguousAndEasy: number };
  /** Right in no run. This and what follows is null for regression. */
  readonly neverLearned: CountedShare | null;
  /** Right and then wrong again, in at least one run. */
  readonly forgotten: CountedShare | null;
  /** Learnt in every run that has seen it, and forgotten in none. */
  readonly unforgettable: CountedShare | null;
  /** Null without labels as well. */
  readonly classes: readonly ClassDynamics[] | null;
  /** Standard deviation over the runs of each measure; null for one run, NaN where fewer than two runs know it. */
  readonly spreadOverRuns: Readonly<Partial<Record<DynamicsMeasure, ArrayLike<number>>>> | null;
  /** What the hard, the ambiguous and the easy look like, where the data set was given. */
  readonly cards?: readonly RegionCards[];
  /** A seeded sample (seed 0) of up to 240 of the other examples, so that points of the map can be looked at. */
  readonly otherCards?: readonly ExampleCard[];
  readonly warnings: readonly Warning[];
}
