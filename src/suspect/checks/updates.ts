import type { RunLog } from '../../build/types';
import { median } from '../../stats/median';
import { suspect, type Check } from '../check';
import { largestInput, WIDE } from '../largest-input';
import { lacksGradient } from '../skill';

interface UpdatesMeasure extends Readonly<Record<string, unknown>> {
  readonly layer: string;
  /** Median over the layers of ‖Δw‖ / ‖w‖ in a step: the largest of an epoch, and over all epochs. */
  readonly largest: number;
  readonly largestEpoch: number;
  readonly typical: number;
  readonly learningRate: number;
  readonly optimizer: string;
  /** Whether there is hardly a gradient to step along. */
  readonly starved: boolean;
  /** Whether the loss ended well above where it began, which steps that are only too short cannot do. */
  readonly rose: boolean;
  readonly largestInput: number;
}

const roseBeyondStart = ({ initial, epochs }: RunLog): boolean =>
  initial !== null &&
  epochs.length > 0 &&
  epochs[epochs.length - 1].train.loss.value > 1.2 * initial.loss.value;

/** Epochs that are looked at, evenly spaced. */
const MOST_EPOCHS = 250;

/** Do the steps change the weights by a sensible share? */
export const updates: Check<UpdatesMeasure> = {
  id: 'updates',
  title: 'Size of the steps',
  question:
    'Does a step change the weights by a share near one in a thousand, neither all nor nothing of them?',
  needs: ['layers'],
  references: [
    { author: 'Karpathy', title: 'CS231n: convolutional neural networks for visual recognition', year: 2016 },
  ],
  symptoms: {
    'updates-too-large': { scale: 'size', least: 0.6 },
    'updates-too-small': { scale: 'size', least: 0 },
  },
  measure({ log }) {
    const trained = log.layers.filter(({ trainable }) => trainable);
    const epochs = Math.max(0, ...trained.map(({ updateRatio }) => updateRatio.length));
    const row = new Float64Array(trained.length);
    const stride = Math.ceil(epochs / MOST_EPOCHS);
    const byEpoch = Array.from({ length: Math.ceil(epochs / stride) }, (_, at) => {
      const e = at * stride;
      let known = 0;
      for (const { updateRatio } of trained) if (!Number.isNaN(updateRatio[e])) row[known++] = updateRatio[e];
      return known === 0 ? NaN : row.subarray(0, known).sort()[known >> 1];
    });
    const typical = median(byEpoch);
    const top = byEpoch.reduce((most, ratio, e) => (ratio > byEpoch[most] ? e : most), 0);
    return {
      layer: trained[0]?.name ?? '',
      ...{ largest: byEpoch[top] ?? NaN, largestEpoch: log.epochs[top * stride]?.epoch ?? top * stride + 1 },
      typical,
      ...{ learningRate: log.config.learningRate, optimizer: log.config.optimizer },
      starved: lacksGradient(log, typical),
      rose: roseBeyondStart(log),
      largestInput: largestInput(log),
    };
  },
  judge(m) {
    const wide = m.largestInput > WIDE;
    const evidence = {
      largest: m.largest,
      typical: m.typical,
      learningRate: m.learningRate,
      optimizer: m.optimizer,
    };
    return suspect(
      {
        code: 'updates-too-large',
        score: Math.log10(m.largest / 0.1),
        severity: 'warning',
        where: { epoch: m.largestEpoch, lastEpoch: m.largestEpoch },
        evidence,
        causes: { 'learning-rate-too-high': wide ? 0.5 : 0.85, 'inputs-not-scaled': wide ? 0.45 : 0.1 },
      },
      {
        code: 'updates-too-small',
        score: Math.log10(3e-5 / m.typical),
        severity: 'warning',
        where: { epoch: 1 },
        evidence,
        causes:
          m.starved || m.rose
            ? {
                'learning-rate-too-high': m.rose ? 0.5 : 0,
                'units-dead': 0.35,
                'gradient-vanishes': 0.25,
                'wiring-broken': 0.2,
                'weights-equal': 0.1,
                'learning-rate-too-low': m.rose ? 0 : 0.1,
              }
            : { 'learning-rate-too-low': 0.85, 'gradient-vanishes': 0.1, 'trained-too-short': 0.05 },
      },
    );
  },
};
