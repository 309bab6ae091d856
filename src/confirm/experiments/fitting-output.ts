import type { LayerForm } from '../../build/edit-model';
import { byMetric, retraining, type Subject } from '../retraining';

/** What may stand behind the last layer with weights, that is not part of the answer or is made anew. */
const ENDINGS = [
  'Activation',
  'Softmax',
  'ReLU',
  'LeakyReLU',
  'ELU',
  'ThresholdedReLU',
  'Dropout',
  'GaussianNoise',
];

const lastWeighted = (layers: readonly LayerForm[]): number =>
  layers.reduce((last, { weighted }, i) => (weighted ? i : last), -1);

/** The activation that gives what the loss of the task expects. */
function fittingActivation({ log }: Subject, { config }: LayerForm): string {
  if (log.task === 'regression') return 'linear';
  return log.task === 'multi-label' || config.units === 1 ? 'sigmoid' : 'softmax';
}

function edited(
  subject: Subject,
): (layer: LayerForm, i: number, all: readonly LayerForm[]) => readonly LayerForm[] {
  return (layer, i, all) => {
    const last = lastWeighted(all);
    if (i < last) return [layer];
    if (i > last) return ENDINGS.includes(layer.type) ? [] : [layer];
    const activation = fittingActivation(subject, layer);
    return layer.config.activation === activation
      ? [layer]
      : [{ ...layer, config: { ...layer.config, activation } }];
  };
}

/** Whether a loss is one for the task; the usual one of the task always is. */
function lossFits({ log }: Subject): boolean {
  const { loss } = log.config;
  if (log.task === 'regression') return /error|huber|cosh/i.test(loss);
  return /crossentropy|hinge/i.test(loss) && !(log.task === 'multi-label' && /categorical/i.test(loss));
}

/** The last activation and the loss that go with the task. */
export const fittingOutput = retraining({
  id: 'fitting-output',
  title: 'with a last activation and a loss that fit the task',
  question: 'Does it help to make the last layer and the loss fit the task?',
  edits: true,
  pointless: (subject) => {
    const layers = subject.layers();
    if (layers.length === 0 || lastWeighted(layers) < 0) return 'The layers of the model are not known.';
    const change = edited(subject);
    const same = layers.every((layer, i) => change(layer, i, layers)[0] === layer);
    return same && lossFits(subject) ? 'The last activation and the loss fit the task already.' : null;
  },
  change: (subject) => ({ edit: edited(subject), options: { loss: undefined } }),
  read: byMetric,
  outcomes: {
    other: 0.1,
    under: {
      'output-does-not-fit-loss': 0.95,
      'output-cannot-reach-target': 0.95,
      'loss-does-not-fit-task': 0.95,
      'dropout-misplaced': 0.9,
      'loss-overflow': 0.6,
      'wiring-broken': 0.3,
    },
  },
});
