import type { LayerSummary, RunLog } from '../../../src/build/types';
import { chain, configured, dense, fullLog, layer, OUT, passing, trainedOn } from '../make-log';
import type { Plant } from './plant';

const IN = passing('in', 'InputLayer', { outputShape: [null, 4] });
const HIDDEN = dense('hidden');
const model = (...layers: readonly LayerSummary[]): { readonly model: RunLog['model'] } => ({
  model: chain(IN, ...layers),
});
const initial = (change: Partial<NonNullable<LayerSummary['initial']>>): LayerSummary =>
  dense('hidden', { initial: { ...HIDDEN.initial!, ...change } });
const drop = (rate: number): LayerSummary => passing('drop', 'Dropout', { rate });

const binary = (activation: string): RunLog =>
  configured(
    { loss: 'binaryCrossentropy' },
    model(HIDDEN, dense('out', { outputShape: [null, 1], activation })),
  );
/** A regression of targets from `low` to 1 with this last activation. */
const values = (low: number, activation: string): RunLog =>
  trainedOn(
    { classCounts: [], targetRange: [low, 1] },
    {
      ...configured(
        { loss: 'meanSquaredError' },
        model(HIDDEN, dense('out', { outputShape: [null, 1], activation })),
      ),
      ...{ task: 'regression', classes: [] },
    },
  );

export const MODEL_PLANTS: readonly Plant[] = [
  {
    ...{ check: 'output-layer', code: 'softmax-on-one-unit', severity: 'error' },
    cause: 'output-does-not-fit-loss',
    where: { layer: 'out' },
    at: () => binary('softmax'),
    healthy: binary('sigmoid'),
  },
  {
    ...{ check: 'output-layer', code: 'softmax-twice', severity: 'error', cause: 'output-does-not-fit-loss' },
    where: { layer: 'out' },
    at: () => fullLog(model(HIDDEN, OUT, passing('again', 'Softmax', { outputShape: [null, 10] }))),
    healthy: fullLog(
      model(
        HIDDEN,
        dense('out', { outputShape: [null, 10], activation: 'linear' }),
        passing('once', 'Softmax', { outputShape: [null, 10] }),
      ),
    ),
  },
  {
    ...{ check: 'output-layer', code: 'output-does-not-fit-loss', severity: 'error' },
    cause: 'output-does-not-fit-loss',
    where: { layer: 'out' },
    at: () => fullLog(model(HIDDEN, { ...OUT, activation: 'linear' })),
  },
  {
    ...{ check: 'output-layer', code: 'loss-does-not-fit-task', severity: 'warning' },
    cause: 'loss-does-not-fit-task',
    where: { layer: 'out' },
    at: () => configured({ loss: 'meanSquaredError' }),
  },
  {
    ...{ check: 'output-layer', code: 'output-cannot-reach-target', severity: 'error' },
    cause: 'output-cannot-reach-target',
    where: { layer: 'out' },
    // Two per cent of the span from −x to 1 are spared: x > 0.02 · (1 + x) where x > 0.020408.
    at: () => values(-0.0205, 'relu'),
    healthy: values(-0.0203, 'relu'),
  },
  {
    ...{ check: 'output-layer', code: 'dropout-on-output', severity: 'error', cause: 'dropout-misplaced' },
    where: { layer: 'drop' },
    at: () => fullLog(model(HIDDEN, OUT, drop(0.2))),
    healthy: fullLog(model(HIDDEN, drop(0.2), OUT)),
  },
  {
    ...{ check: 'hidden-layers', code: 'no-non-linearity', severity: 'warning', cause: 'no-non-linearity' },
    where: { layer: 'hidden' },
    at: () => fullLog(model(dense('hidden', { activation: 'linear' }), drop(0.2), OUT)),
    healthy: fullLog(
      model(
        dense('hidden', { activation: 'linear' }),
        passing('bend', 'Activation', { activation: 'relu' }),
        OUT,
      ),
    ),
  },
  {
    ...{ check: 'hidden-layers', code: 'bottleneck', severity: 'warning', cause: 'bottleneck' },
    where: { layer: 'hidden' },
    at: () => fullLog(model(dense('hidden', { outputShape: [null, 1] }), OUT)),
    healthy: fullLog(model(dense('hidden', { outputShape: [null, 2] }), OUT)),
  },
  {
    ...{
      check: 'hidden-layers',
      code: 'dropout-too-high',
      severity: 'warning',
      cause: 'regularised-too-much',
    },
    where: { layer: 'drop' },
    at: (rate) => fullLog(model(HIDDEN, drop(rate), OUT)),
    healthy: fullLog(model(HIDDEN, drop(0.5), OUT)),
  },
  {
    ...{ check: 'frozen-weights', code: 'frozen-layers', severity: 'warning', cause: 'layers-frozen' },
    where: { layer: 'hidden' },
    at: () => fullLog(model(dense('hidden', { trainable: false }), OUT)),
    // Weights that were given may know something.
    healthy: configured({ initialWeights: 'given' }, model(dense('hidden', { trainable: false }), OUT)),
  },
  {
    ...{ check: 'frozen-weights', code: 'unchanged-weights', severity: 'warning', cause: 'wiring-broken' },
    where: { layer: 'hidden' },
    at: () => fullLog({ layers: [layer('hidden', { updateRatio: 0 }), layer('out')] }),
    healthy: fullLog({ layers: [layer('hidden', { updateRatio: 1e-12 }), layer('out')] }),
  },
  {
    ...{
      check: 'initial-weights',
      code: 'equal-initial-weights',
      severity: 'warning',
      cause: 'weights-equal',
    },
    where: { layer: 'hidden' },
    at: () => fullLog(model(initial({ equalUnits: true }), OUT)),
    // A last layer of zeros learns: its inputs differ.
    healthy: fullLog(model(HIDDEN, { ...OUT, initial: { ...OUT.initial!, sd: 0, equalUnits: true } })),
  },
  {
    ...{ check: 'initial-weights', code: 'initial-weights-scale', severity: 'warning' },
    cause: 'weights-too-large',
    where: { layer: 'hidden' },
    at: (s) => fullLog(model(initial({ sd: 0.7 * 10 ** s }), OUT)),
    healthy: fullLog(model(initial({ sd: 0.2 }), OUT)),
  },
  {
    ...{ check: 'initial-weights', code: 'initial-bias', severity: 'warning', cause: 'units-dead' },
    where: { layer: 'hidden' },
    at: (s) => fullLog(model(initial({ bias: -s }), OUT)),
    // The last layer may start at the mean of its targets.
    healthy: fullLog(model(initial({ bias: 1 }), { ...OUT, initial: { ...OUT.initial!, bias: 99 } })),
  },
  {
    ...{ check: 'penalties', code: 'penalty-dominates', severity: 'warning', cause: 'regularised-too-much' },
    where: { layer: 'hidden' },
    // The loss before training is 2.4.
    at: (s) => fullLog(model(dense('hidden', { penalty: 2 * 10 ** s }), { ...OUT, penalty: 0.4 * 10 ** s })),
    healthy: fullLog(model(dense('hidden', { penalty: 2.4 }), OUT)),
  },
  {
    ...{ check: 'mixed-examples', code: 'mixes-examples', severity: 'error', cause: 'batch-mixed' },
    where: {},
    at: (mixing) => fullLog({ mixing }),
  },
];
