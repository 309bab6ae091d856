import { activation } from './activation';
import { batchNormalization } from './batch-normalization';
import { bidirectional } from './bidirectional';
import { concatenate } from './concatenate';
import { conv } from './conv';
import { convTranspose } from './conv-transpose';
import { dense } from './dense';
import { depthwiseConv, separableConv } from './depthwise';
import { dot } from './dot';
import { dropout } from './dropout';
import { embedding } from './embedding';
import { inputLayer } from './input-layer';
import { layerNormalization } from './layer-normalization';
import { masking } from './masking';
import { merge } from './merge';
import { noise } from './noise';
import { permute } from './permute';
import { globalPooling, pooling } from './pool';
import { prelu } from './prelu';
import { recurrent } from './recurrent';
import { repeatVector } from './repeat-vector';
import { reshaping } from './reshaping';
import { cropping, upSampling, zeroPadding } from './resizing';
import { timeDistributed } from './time-distributed';
import type { LayerRule } from './rule';

/** How each kind of layer is planned; the list that a new layer joins. */
export const LAYER_RULES: readonly LayerRule[] = [
  activation,
  batchNormalization,
  bidirectional,
  concatenate,
  conv,
  convTranspose,
  cropping,
  dense,
  depthwiseConv,
  dot,
  dropout,
  embedding,
  globalPooling,
  inputLayer,
  layerNormalization,
  masking,
  merge,
  noise,
  permute,
  pooling,
  prelu,
  recurrent,
  repeatVector,
  reshaping,
  separableConv,
  timeDistributed((className) => ruleOf(className)),
  upSampling,
  zeroPadding,
];

const BY_CLASS = new Map(LAYER_RULES.flatMap((rule) => rule.classes.map((name) => [name, rule])));

/** The rule for layers of a class, or undefined. */
export const ruleOf = (className: string): LayerRule | undefined => BY_CLASS.get(className);
