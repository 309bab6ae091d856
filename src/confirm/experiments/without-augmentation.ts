import { retraining } from '../retraining';

/** Without the layers that change training examples at random. */
export const withoutAugmentation = retraining({
  id: 'without-augmentation',
  title: 'without augmentation',
  question: 'Does it help to leave augmentation out?',
  nothingToEdit: 'The model has no layers that augment or add noise.',
  edit: (layer) => (/^Random|^GaussianNoise$/.test(layer.type) ? [] : [layer]),
  outcomes: {
    other: 0.1,
    under: { 'augmentation-too-strong': 0.92, 'regularised-too-much': 0.5, 'trained-too-short': 0.25 },
  },
});
