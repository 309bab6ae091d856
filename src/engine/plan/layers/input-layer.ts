import type { LayerRule } from './rule';

/** Hands on what it is given. */
export const inputLayer: LayerRule = {
  classes: ['InputLayer'],
  plan: (_context, _layer, inputs) => inputs,
};
