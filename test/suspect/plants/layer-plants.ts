import type { RunLog } from '../../../src/build/types';
import { activation, configured, fullLog, layer } from '../make-log';
import type { Plant } from './plant';

/** Two layers of 100 weights, whose norms are these at epoch 4 and 1 else. */
function gradients(hidden: number, out = 1): RunLog {
  const at4 = (norm: number): number[] => [1, 1, 1, norm, 1, 1, 1, 1, 1, 1];
  return fullLog({
    layers: [
      { ...layer('hidden'), gradientNorm: at4(hidden) },
      { ...layer('out'), gradientNorm: at4(out) },
    ],
  });
}

/** Layers that all change by this share in epoch 3, and by 0.005 else. */
const stepsOf = (ratio: number): RunLog =>
  fullLog({
    layers: ['hidden', 'out'].map((name) => ({
      ...layer(name),
      updateRatio: Array.from({ length: 10 }, (_, e) => (e === 2 ? ratio : 0.005)),
    })),
  });

export const slowSteps = (updateRatio: number, optimizer = 'sgd'): RunLog =>
  configured({ optimizer }, { layers: [layer('hidden', { updateRatio }), layer('out', { updateRatio })] });

export const LAYER_PLANTS: readonly Plant[] = [
  {
    ...{ check: 'updates', code: 'updates-too-large', severity: 'warning', cause: 'learning-rate-too-high' },
    where: { epoch: 3, lastEpoch: 3 },
    at: (s) => stepsOf(0.1 * 10 ** s),
  },
  {
    ...{ check: 'updates', code: 'updates-too-small', severity: 'warning', cause: 'learning-rate-too-low' },
    where: { epoch: 1 },
    at: (s) => slowSteps(3e-5 / 10 ** s),
    healthy: slowSteps(0.001),
  },
  {
    ...{ check: 'gradient-flow', code: 'vanishing-gradient', severity: 'warning', cause: 'units-dead' },
    where: { layer: 'hidden' },
    at: (s) => fullLog({ layers: [layer('hidden', { gradientNorm: 10 ** -s }), layer('out')] }),
    // A layer of 10,000 times the weights with 100 times the norm gets as much by weight.
    healthy: fullLog({
      layers: [layer('hidden', { gradientNorm: 0.01 }), { ...layer('out'), parameters: 1_000_000 }],
    }),
  },
  {
    ...{ check: 'gradient-flow', code: 'exploding-gradient', severity: 'warning' },
    cause: 'learning-rate-too-high',
    where: { layer: 'hidden', epoch: 4, lastEpoch: 4 },
    at: (s) => gradients(10 ** s),
    healthy: gradients(10),
  },
  {
    ...{ check: 'units', code: 'dead-units', severity: 'warning', cause: 'units-dead' },
    where: { layer: 'hidden' },
    at: (s) => fullLog({ activations: [activation('hidden', { dead: [0.7, s] }), activation('out')] }),
    // What is zero at the end may be right in a last layer.
    healthy: fullLog({ activations: [activation('hidden'), activation('out', { dead: [1, 1] })] }),
  },
  {
    ...{ check: 'units', code: 'saturated-units', severity: 'warning', cause: 'units-saturated' },
    where: { layer: 'hidden' },
    at: (s) => fullLog({ activations: [activation('hidden', { saturated: [1, s] })] }),
    healthy: fullLog({ activations: [activation('hidden', { saturated: [1, 0.3] })] }),
  },
];
