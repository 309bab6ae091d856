import { retraining } from '../retraining';

/** All layers trainable. */
export const unfrozenLayers = retraining({
  id: 'unfrozen-layers',
  title: 'with all layers trainable',
  question: 'Does it help to train all layers?',
  nothingToEdit: 'All layers are trainable already.',
  edit: (layer) =>
    layer.weighted && layer.config.trainable === false
      ? [{ ...layer, config: { ...layer.config, trainable: true } }]
      : [layer],
  outcomes: {
    other: 0.1,
    under: {
      'layers-frozen': 0.95,
      'wiring-broken': 0.85,
      'model-too-small': 0.4,
      'learning-rate-too-low': 0.15,
    },
  },
});
