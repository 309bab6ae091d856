import { activation } from './activation';
import { bidirectional } from './bidirectional';
import { concatenate } from './concatenate';
import { conv } from './conv';
import { dense } from './dense';
import { dot } from './dot';
import { dropout } from './dropout';
import { embedding } from './embedding';
import { inputLayer } from './input-layer';
import { masking } from './masking';
import { merge } from './merge';
import { noise } from './noise';
import { permute } from './permute';
import { prelu } from './prelu';
import { recurrent } from './recurrent';
import { repeatVector } from './repeat-vector';
import { reshaping } from './reshaping';
import type { LayerRule } from './rule';
import { timeDistributed } from './time-distributed';

/** How each kind of layer is planned; the list that a new layer joins. */
export const LAYER_RULES: readonly LayerRule[] = [
  activation,
  bidirectional,
  concatenate,
  conv,
  dense,
  dot,
  dropout,
  embedding,
  inputLayer,
  masking,
  merge,
  noise,
  permute,
  prelu,
  recurrent,
  repeatVector,
  reshaping,
  timeDistributed((className) => ruleOf(className)),
];

const BY_CLASS = new Map(LAYER_RULES.flatMap((rule) => rule.classes.map((name) => [name, rule])));

/** The rule for layers of a class, or undefined. */
export const ruleOf = (className: string): LayerRule | undefined => BY_CLASS.get(className);
