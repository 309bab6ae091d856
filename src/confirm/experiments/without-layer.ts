import { retraining, subjectOf, type Subject } from '../retraining';

/** Layers of tfjs-layers that have no weights and keep the shape. */
const KNOWN =
  /^(Dropout|SpatialDropout1D|Gaussian|Alpha|Activation|ReLU|LeakyReLU|ELU|ThresholdedReLU|Softmax|Masking|Reshape|Permute)/;

/** Whether a layer between others takes and gives the same shape, and has no weights. */
function canBeLeftOut(layers: Subject['log']['model']['layers'], at: number): boolean {
  if (at < 1 || at >= layers.length - 1) return false;
  return layers[at - 1].outputShape.join() === layers[at].outputShape.join() && layers[at].parameters === 0;
}

/** Place of the layer that the finding names, or of the first of the model's own kind; −1 without. */
function placeOf({ log, finding }: Subject): number {
  const { layers } = log.model;
  const named = layers.findIndex(({ name }) => name === finding.where?.layer);
  if (named >= 0) return named;
  return layers.findIndex(({ type }, at) => !KNOWN.test(type) && canBeLeftOut(layers, at));
}

/** Without the layer that is suspected, where what it takes and what it gives have the same shape. */
export const withoutLayer = retraining({
  id: 'without-layer',
  title: 'without the suspect layer',
  wording: (run, finding) => {
    const subject = subjectOf(run, finding);
    return `without the layer ${run.log.model.layers[placeOf(subject)]?.name ?? '?'}`;
  },
  question: 'Does it help to leave the layer out?',
  edits: true,
  pointless: (subject) => {
    const at = placeOf(subject);
    if (at < 0) return 'No layer is suspected.';
    return canBeLeftOut(subject.log.model.layers, at)
      ? null
      : 'The layer changes the shape of what it is given, or has weights.';
  },
  change: (subject) => {
    const at = placeOf(subject);
    return { edit: (layer, i) => (i === at ? [] : [layer]) };
  },
  outcomes: {
    other: 0.1,
    under: {
      'batch-mixed': 0.95,
      'dropout-misplaced': 0.8,
      'augmentation-too-strong': 0.6,
      'wiring-broken': 0.2,
    },
  },
});
