/** How the learning rate goes over a training, as plain data; all are factors of the learning rate that is given. */
export interface ScheduleSpec {
  /** After the warm-up: level; half a cosine or a straight line down to `end`; or times `factor` after every `every` epochs. */
  readonly kind: 'constant' | 'cosine' | 'linear' | 'steps';
  /** Share of all steps in which the rate climbs in a straight line from 0, in [0, 1); defaults to 0. */
  readonly warmup?: number;
  /** Factor that a cosine or a line ends at, in [0, 1]; defaults to 0. */
  readonly end?: number;
  /** For `steps`: defaults to 0.1. */
  readonly factor?: number;
  /** For `steps`: epochs between two falls, ≥ 1; defaults to a third of all. */
  readonly every?: number;
}

/** A kind by name, a schedule, or one factor for each epoch (the last one stays). */
export type Schedule = ScheduleSpec['kind'] | ScheduleSpec | readonly number[];

/** How long a training is. */
export interface TrainingLength {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
}

/**
 * Returns the learning rate of a step, counted from 0.
 *
 * @param schedule undefined: the rate stays
 * @example
 * const rate = rateOf({ kind: 'linear', warmup: 0.5 }, 0.1, { epochs: 2, stepsPerEpoch: 4 });
 * [0, 1, 3, 4, 6].map((step) => rate(step).toFixed(3)) // => ['0.025', '0.050', '0.100', '0.100', '0.050']
 * @see Ilya Loshchilov, Frank Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017 (the cosine)
 */
export function rateOf(
  schedule: Schedule | undefined,
  learningRate: number,
  { epochs, stepsPerEpoch }: TrainingLength,
): (step: number) => number {
  if (schedule === undefined) return () => learningRate;
  if (Array.isArray(schedule)) {
    const factors = schedule as readonly number[];
    return (step) => learningRate * factors[Math.min(factors.length - 1, Math.floor(step / stepsPerEpoch))];
  }
  const spec = (typeof schedule === 'string' ? { kind: schedule } : schedule) as ScheduleSpec;
  const { kind, warmup = 0, end = 0, factor = 0.1, every = Math.max(1, Math.ceil(epochs / 3)) } = spec;
  const total = epochs * stepsPerEpoch;
  const climb = Math.round(warmup * total);
  const falling = (step: number): number => {
    if (kind === 'constant') return 1;
    if (kind === 'steps') return factor ** Math.floor(step / stepsPerEpoch / every);
    const share = (step - climb) / Math.max(1, total - climb);
    return end + (1 - end) * (kind === 'linear' ? 1 - share : (1 + cosine(share)) / 2);
  };
  return (step) => learningRate * (step < climb ? (step + 1) / climb : falling(step));
}

/** cos(π·share) for a share in [0, 1] by its series: the same bits on every machine, which `Math.cos` does not promise. */
function cosine(share: number): number {
  const turned = share > 0.5;
  const square = (Math.PI * (turned ? 1 - share : share)) ** 2;
  let [term, sum] = [1, 1];
  for (let k = 1; k <= 11; k++) {
    term *= -square / ((2 * k - 1) * (2 * k));
    sum += term;
  }
  return turned ? -sum : sum;
}
