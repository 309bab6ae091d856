import { suspect, type Check } from '../check';

/** Examples of a class below which it may be missed by luck. */
const FEWEST = 9;

interface AnswersMeasure extends Readonly<Record<string, unknown>> {
  /** Standard deviation of the outputs over the examples, and of the targets. */
  readonly spread: number;
  readonly targetSpread: number;
  readonly n: number;
  readonly neverClass: string;
  /** Examples of the class that is never predicted, and of all. */
  readonly neverCount: number;
  readonly trainCount: number;
  readonly trainN: number;
  readonly classes: number;
  readonly constantInput: boolean;
  readonly narrow: boolean;
}

/** Do the answers follow the inputs, and is each class among them? */
export const answers: Check<AnswersMeasure> = {
  id: 'answers',
  title: 'What the model answers',
  question: 'Do the answers differ from input to input, and is each class among them?',
  needs: ['outcome'],
  references: [{ author: 'Karpathy', title: 'A recipe for training neural networks', year: 2019 }],
  symptoms: {
    'constant-output': { scale: 'size', least: 1.5 },
    'class-never-predicted': { scale: 'z', least: 3 },
  },
  measure({ log }) {
    const { train, validation } = log.outcome!;
    const judged = validation ?? train;
    const { confusion } = judged;
    const counts = confusion?.map((row) => row.reduce((sum, count) => sum + count, 0)) ?? [];
    const predicted = confusion?.map((_, k) => confusion.reduce((sum, row) => sum + row[k], 0)) ?? [];
    const never = counts.reduce(
      (most, count, k) => (predicted[k] === 0 && count > (counts[most] ?? 0) ? k : most),
      -1,
    );
    const data = log.data.train;
    return {
      ...{ spread: judged.spread, targetSpread: judged.targetSpread, n: judged.n },
      ...{ neverClass: log.classes[never] ?? '', neverCount: counts[never] ?? 0 },
      ...{ trainCount: data?.classCounts[never] ?? NaN, trainN: data?.n ?? NaN },
      classes: log.classes.length,
      constantInput: data?.columns?.sd.every((sd) => sd === 0) ?? false,
      narrow: log.model.layers.some(
        ({ outputShape, parameters }) => parameters > 0 && outputShape[outputShape.length - 1] === 1,
      ),
    };
  },
  judge(m) {
    const rare = m.trainCount < 0.2 * (m.trainN / Math.max(1, m.classes));
    return suspect(
      m.targetSpread > 0 && {
        code: 'constant-output',
        score: Math.min(20, -Math.log10(m.spread / m.targetSpread)),
        severity: 'error',
        where: {},
        evidence: { spread: m.spread, targetSpread: m.targetSpread, n: m.n },
        causes: {
          'input-constant': m.constantInput ? 3 : 0.05,
          'units-dead': 0.3,
          'wiring-broken': 0.2,
          'learning-rate-too-high': 0.2,
          'regularised-too-much': 0.15,
          'labels-without-signal': 0.1,
        },
      },
      m.neverCount >= FEWEST && {
        code: 'class-never-predicted',
        score: Math.sqrt(m.neverCount),
        severity: 'warning',
        where: { class: m.neverClass },
        evidence: {
          class: m.neverClass,
          count: m.neverCount,
          n: m.n,
          trainCount: m.trainCount,
          trainN: m.trainN,
        },
        causes: {
          'class-not-in-training': m.trainCount === 0 ? 3 : 0,
          'too-rare-in-training': rare ? 0.7 : 0.1,
          bottleneck: m.narrow && m.classes > 2 ? 0.5 : 0.05,
          'model-too-small': 0.15,
          'trained-too-short': 0.1,
          'learning-rate-too-high': 0.1,
        },
      },
    );
  },
};
