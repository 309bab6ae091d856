import type { RunLog } from '../build/types';
import type { Dataset } from '../data/types';
import { runBatchArm, type BatchArm, type BatchSetup } from './batch-arm';
import type { ToldObservation } from './experiment';
import { higherFactor } from './rate-factor';
import type { Likelihood } from './update-causes';
import { digits } from './in-digits';

/** One change to the run, tried on the same batch with the same seed. */
export interface BatchChange {
  readonly id: string;
  readonly title: string;
  readonly change: (setup: BatchSetup) => BatchSetup;
}

/** Returns the data with each feature at mean 0 and standard deviation 1; constant features become 0. */
export function standardised(data: Dataset): Dataset {
  const { values, shape } = data.features;
  const size = shape.reduce((product, side) => product * side, 1);
  const scaled = new Float32Array(values.length);
  for (let column = 0; column < size; column++) {
    let [sum, squares] = [0, 0];
    for (let row = 0; row < data.n; row++) sum += values[row * size + column];
    const mean = sum / data.n;
    for (let row = 0; row < data.n; row++) squares += (values[row * size + column] - mean) ** 2;
    const sd = Math.sqrt(squares / data.n);
    for (let row = 0; row < data.n; row++) {
      const at = row * size + column;
      scaled[at] = sd === 0 ? 0 : (values[at] - mean) / sd;
    }
  }
  return { ...data, features: { ...data.features, values: scaled } };
}

/** Learning rate that a multiple is taken of where the run's own is 0. */
const SMALLEST_RATE = 0.0001;

const atRate = (id: string, title: string, factor: number): BatchChange => ({
  id,
  title,
  change: (setup) => ({ ...setup, learningRate: factor * (setup.learningRate || SMALLEST_RATE) }),
});

const times = (factor: number): string => `learning rate × ${factor}`;

/** The arms, in the order in which they run; the last rate is so high as the log's updates ask for. */
export const batchChanges = (log: RunLog): readonly BatchChange[] => [
  { id: 'as-is', title: 'as it was', change: (setup) => setup },
  {
    id: 'standardised',
    title: 'inputs standardised',
    change: (setup) => ({ ...setup, data: standardised(setup.data) }),
  },
  atRate('rate-tenth', times(0.1), 0.1),
  atRate('rate-thousandth', times(0.001), 0.001),
  atRate('rate-tenfold', times(10), 10),
  atRate('rate-hundredfold', times(Math.max(100, higherFactor(log))), Math.max(100, higherFactor(log))),
];

/** How many they are. */
export const BATCH_ARMS = 6;

/**
 * Probability that one batch can be learnt to zero, by arm and cause: a table of judgement, not of measurement.
 * A cause says what its removal does ("inputs-not-scaled" → the standardised arm learns), and that the others do not.
 */
const LEARNS: Readonly<Record<'as-is' | 'standardised' | 'lower' | 'higher', Likelihood>> = {
  'as-is': {
    other: 0.5,
    under: {
      'missing-coded-as-number': 0.4,
      'units-dead': 0.1,
      'gradient-vanishes': 0.05,
      'weights-equal': 0.1,
      'trained-too-short': 0.6,
      'batch-too-large': 0.6,
      'regularised-too-much': 0.2,
      bottleneck: 0.3,
      'input-constant': 0.02,
      'layers-frozen': 0.3,
      'learning-rate-too-high': 0.1,
      'learning-rate-too-low': 0.1,
      'inputs-not-scaled': 0.25,
      'wiring-broken': 0.12,
      'labels-without-signal': 0.65,
      'weights-too-large': 0.6,
      'loss-summed': 0.3,
      'loss-overflow': 0.2,
      'input-not-a-number': 0.02,
    },
  },
  standardised: {
    other: 0.5,
    under: {
      'missing-coded-as-number': 0.6,
      'units-dead': 0.15,
      'gradient-vanishes': 0.05,
      'weights-equal': 0.1,
      'trained-too-short': 0.6,
      'batch-too-large': 0.6,
      'regularised-too-much': 0.2,
      bottleneck: 0.3,
      'input-constant': 0.02,
      'layers-frozen': 0.3,
      'learning-rate-too-high': 0.15,
      'learning-rate-too-low': 0.2,
      'inputs-not-scaled': 0.95,
      'wiring-broken': 0.12,
      'labels-without-signal': 0.65,
      'weights-too-large': 0.6,
      'loss-summed': 0.3,
      'loss-overflow': 0.3,
      'input-not-a-number': 0.02,
    },
  },
  lower: {
    other: 0.5,
    under: {
      'missing-coded-as-number': 0.4,
      'units-dead': 0.15,
      'gradient-vanishes': 0.02,
      'weights-equal': 0.05,
      'trained-too-short': 0.2,
      'batch-too-large': 0.2,
      'regularised-too-much': 0.1,
      bottleneck: 0.2,
      'input-constant': 0.02,
      'layers-frozen': 0.1,
      'learning-rate-too-high': 0.95,
      'learning-rate-too-low': 0.02,
      'inputs-not-scaled': 0.5,
      'wiring-broken': 0.12,
      'labels-without-signal': 0.4,
      'loss-summed': 0.9,
      'loss-overflow': 0.5,
      'input-not-a-number': 0.02,
    },
  },
  higher: {
    other: 0.3,
    under: {
      'missing-coded-as-number': 0.2,
      'units-dead': 0.05,
      'gradient-vanishes': 0.1,
      'weights-equal': 0.15,
      'trained-too-short': 0.7,
      'batch-too-large': 0.7,
      'regularised-too-much': 0.2,
      bottleneck: 0.3,
      'input-constant': 0.02,
      'layers-frozen': 0.3,
      'learning-rate-too-high': 0.03,
      'learning-rate-too-low': 0.88,
      'inputs-not-scaled': 0.2,
      'wiring-broken': 0.12,
      'labels-without-signal': 0.6,
      'loss-summed': 0.05,
      'loss-overflow': 0.1,
      'input-not-a-number': 0.02,
    },
  },
};

/** Probability that standardised inputs bring a first loss that was too high down to that of a guess. */
const STARTS_RIGHT: Likelihood = { other: 0.1, under: { 'inputs-not-scaled': 0.95 } };

/** What each group of arms is asked, and whose outcome answers it. */
const QUESTIONS: readonly {
  readonly arms: string;
  readonly ids: readonly string[];
  readonly table: Likelihood;
}[] = [
  { arms: 'as it was', ids: ['as-is'], table: LEARNS['as-is'] },
  { arms: 'on standardised inputs', ids: ['standardised'], table: LEARNS.standardised },
  { arms: 'at a lower learning rate', ids: ['rate-tenth', 'rate-thousandth'], table: LEARNS.lower },
  { arms: 'at a higher learning rate', ids: ['rate-tenfold', 'rate-hundredfold'], table: LEARNS.higher },
];

/** The tables of the questions that are always asked. */
export const batchOutcomes: readonly Likelihood[] = QUESTIONS.map(({ table }) => table);

/**
 * Returns what the arms say: for each arm whether the batch could be learnt to zero, and, where the first loss was
 * too high, whether standardised inputs bring it back. The two lower and the two higher rates count as one each.
 *
 * @param expected loss that an untrained model should start at
 */
export function observe(arms: readonly BatchArm[], expected: number): readonly ToldObservation[] {
  const arm = (id: string): BatchArm | undefined => arms.find((one) => one.id === id);
  const observations = QUESTIONS.map(({ arms: where, ids, table }): ToldObservation => {
    const losses = ids.map((id) => arm(id)?.finalLoss ?? NaN).filter((loss) => !Number.isNaN(loss));
    return {
      seen: ids.some((id) => arm(id)?.outcome === 'goes-to-zero'),
      probability: table,
      question: `Can one batch be learnt ${where}?`,
      told: `Trained on one batch ${where} the loss ends at ${digits(Math.min(...losses))}`,
    };
  });
  const [plain, scaled] = [arm('as-is')?.firstLoss ?? NaN, arm('standardised')?.firstLoss ?? NaN];
  if (!(plain > 1.2 * expected)) return observations;
  return [
    ...observations,
    {
      seen: scaled - expected < 0.5 * (plain - expected),
      probability: STARTS_RIGHT,
      question: 'Does the loss start where it should on standardised inputs?',
      told: `On standardised inputs the loss starts at ${digits(scaled)} instead of ${digits(plain)}`,
    },
  ];
}

/** Loss that an untrained model of this run should start at: ln K, ln 2 for labels, or the mean square of the target. */
export function expectedStart(log: RunLog, data: Dataset): number {
  if (data.task === 'classification') return Math.log(data.classes.length);
  if (data.task === 'multi-label') return Math.LN2;
  const { targetMean, targetVariance } = log.data.train ?? { targetMean: NaN, targetVariance: NaN };
  return targetMean ** 2 + targetVariance;
}

/** Runs the arms one after the other until `signal` aborts; the arm that was cut short is left out. */
export async function runBatchArms(
  setup: BatchSetup,
  changes: readonly BatchChange[],
  onArm: (done: number, arm: BatchArm) => void,
): Promise<readonly BatchArm[]> {
  const arms: BatchArm[] = [];
  for (const { id, title, change } of changes) {
    if (setup.signal?.aborted) break;
    const arm = await runBatchArm({ id, title }, change(setup));
    if (setup.signal?.aborted) break;
    arms.push(arm);
    onArm(arms.length, arm);
  }
  return arms;
}
