import { activation } from './activation';
import { batchNormalization } from './batch-normalization';
import { concatenate } from './concatenate';
import { conv } from './conv';
import { convTranspose } from './conv-transpose';
import { dense } from './dense';
import { depthwiseConv, separableConv } from './depthwise';
import { dot } from './dot';
import { dropout } from './dropout';
import { inputLayer } from './input-layer';
import { layerNormalization } from './layer-normalization';
import { merge } from './merge';
import { noise } from './noise';
import { permute } from './permute';
import { globalPooling, pooling } from './pool';
import { prelu } from './prelu';
import { reshaping } from './reshaping';
import { cropping, upSampling, zeroPadding } from './resizing';
import type { LayerRule } from './rule';

/** How each kind of layer is planned; the list that a new layer joins. */
export const LAYER_RULES: readonly LayerRule[] = [
  activation,
  batchNormalization,
  concatenate,
  conv,
  convTranspose,
  cropping,
  dense,
  depthwiseConv,
  dot,
  dropout,
  globalPooling,
  inputLayer,
  layerNormalization,
  merge,
  noise,
  permute,
  pooling,
  prelu,
  reshaping,
  separableConv,
  upSampling,
  zeroPadding,
];

const BY_CLASS = new Map(LAYER_RULES.flatMap((rule) => rule.classes.map((name) => [name, rule])));

/** The rule for layers of a class, or undefined. */
export const ruleOf = (className: string): LayerRule | undefined => BY_CLASS.get(className);
