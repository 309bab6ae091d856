import { suspect, type Check } from '../check';
import { guessOf } from '../skill';

interface InferenceModeMeasure extends Readonly<Record<string, unknown>> {
  readonly epoch: number;
  /** Loss of the last epoch's own steps, and on training examples in inference mode after it. */
  readonly running: number;
  readonly inference: number;
  readonly error: number;
  readonly priorLoss: number;
  readonly batchNorm: string;
  readonly momentum: number;
  /** Share of the running statistics that is still what they started with. */
  readonly stale: number;
}

/** Does the model do in use what it does in training? */
export const inferenceMode: Check<InferenceModeMeasure> = {
  id: 'inference-mode',
  title: 'Training and inference mode',
  question: 'Is the loss on training examples in use no worse than it was in the training steps?',
  needs: ['epochs', 'train-summary'],
  references: [
    { author: 'Ioffe', title: 'Batch renormalization: towards reducing minibatch dependence', year: 2017 },
  ],
  symptoms: { 'train-and-inference-differ': { scale: 'size', least: 0.3 } },
  measure({ log }) {
    const last = log.epochs[log.epochs.length - 1];
    const norm = log.model.layers.find(({ type }) => type === 'BatchNormalization');
    return {
      epoch: last.epoch,
      running: last.running.loss.value,
      inference: last.train.loss.value,
      error: last.train.loss.standardError,
      priorLoss: guessOf(log).loss,
      ...{ batchNorm: norm?.name ?? '', momentum: norm?.momentum ?? NaN },
      stale: norm?.momentum !== undefined ? norm.momentum ** last.step : 0,
    };
  },
  judge(m) {
    return suspect({
      code: 'train-and-inference-differ',
      // Where the statistics have hardly moved since the start, a small difference tells too.
      score: ((m.inference - 2 * m.error - m.running) / m.priorLoss) * (1 + 20 * m.stale ** 4),
      severity: 'warning',
      where: { epoch: m.epoch, ...(m.batchNorm === '' ? {} : { layer: m.batchNorm }) },
      evidence: { running: m.running, inference: m.inference, momentum: m.momentum, stale: m.stale },
      causes: {
        'norm-statistics-stale': m.batchNorm === '' ? 0.05 : 0.9,
        'learning-rate-too-high': m.batchNorm === '' ? 0.8 : 0.08,
        'not-shuffled': 0.05,
      },
    });
  },
};
