import { TASKS } from '../data/task-names';

/**
 * A number as it stands in a file: JSON has neither NaN nor infinities nor −0, which are written as words. The keyword is
 * `realNumber` of readRunLog, which puts the number in the place of the word.
 */
const NUMBER = { realNumber: true } as const;
const TEXT = { type: 'string' } as const;
const BOOLEAN = { type: 'boolean' } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;
const NUMBERS = { type: 'array', items: NUMBER } as const;
const TEXTS = { type: 'array', items: TEXT } as const;

type Schema = Readonly<Record<string, unknown>>;

/** An object with these fields and maybe others; those that end in "?" may lack. */
const object = (fields: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  required: Object.keys(fields).filter((name) => !name.endsWith('?')),
  properties: Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => [name.replace(/\?$/, ''), schema]),
  ),
});

const orNull = (schema: Schema): Schema => ({ if: { type: 'null' }, else: schema });
const list = (items: Schema): Schema => ({ type: 'array', items });

const ESTIMATE = object({ value: NUMBER, standardError: NUMBER, n: NUMBER });
const SCORES = object({ loss: ESTIMATE, metrics: { type: 'object', additionalProperties: ESTIMATE } });

const EPOCH = object({
  epoch: COUNT,
  step: COUNT,
  running: SCORES,
  train: SCORES,
  validation: orNull(SCORES),
  learningRate: NUMBER,
});

const LAYER = object({
  name: TEXT,
  type: TEXT,
  parameters: COUNT,
  trainable: { type: 'boolean' },
  updateRatio: NUMBERS,
  gradientNorm: NUMBERS,
  weightNorm: NUMBERS,
});

const ACTIVATION = object({
  name: TEXT,
  mean: NUMBERS,
  spread: NUMBERS,
  zeros: NUMBERS,
  saturated: NUMBERS,
  dead: NUMBERS,
});

const COLUMNS = object({
  of: { enum: ['columns', 'examples'] },
  total: COUNT,
  names: TEXTS,
  ...{ mean: NUMBERS, sd: NUMBERS, min: NUMBERS, max: NUMBERS, missing: NUMBERS },
  sentinels: list(object({ column: TEXT, value: NUMBER, count: NUMBER, gap: NUMBER })),
  duplicates: list(TEXTS),
  alone: list(object({ column: TEXT, skill: NUMBER })),
  aloneN: COUNT,
});

const DIFFERENCE = object({ column: TEXT, effect: NUMBER, z: NUMBER });

const SPLIT = object({
  ...{ copies: COUNT, copiesOf: COUNT, rateWithin: NUMBER },
  ...{ shift: DIFFERENCE, spread: DIFFERENCE, distribution: DIFFERENCE, correlation: DIFFERENCE },
  classes: object({ effect: NUMBER, z: NUMBER }),
});

const OUTCOME = object({
  n: COUNT,
  confusion: orNull(list(NUMBERS)),
  ...{ spread: NUMBER, targetSpread: NUMBER, range: NUMBERS },
  residual: orNull(object({ column: COUNT, share: NUMBER })),
});

const DATA = object({
  name: TEXT,
  n: COUNT,
  featureShape: list(COUNT),
  features: object({ min: NUMBER, max: NUMBER, mean: NUMBER, sd: NUMBER }),
  classCounts: list(COUNT),
  targetMean: NUMBER,
  targetVariance: NUMBER,
  'targetRange?': NUMBERS,
  'labelOrder?': NUMBER,
  'columns?': COLUMNS,
  fingerprint: TEXT,
});

const SUMMARY = object({
  name: TEXT,
  type: TEXT,
  outputShape: list({ type: ['integer', 'null'] }),
  parameters: COUNT,
  'activation?': TEXT,
  'inputs?': TEXTS,
  'trainable?': BOOLEAN,
  'rate?': NUMBER,
  'momentum?': NUMBER,
  'penalty?': NUMBER,
  'initial?': object({ sd: NUMBER, expected: NUMBERS, equalUnits: BOOLEAN, bias: NUMBER }),
});

const CONFIG = object({
  epochs: COUNT,
  'schedule?': {},
  'clipNorm?': NUMBER,
  'clipValue?': NUMBER,
  'weightDecay?': NUMBER,
  'classWeights?': {},
  'exampleWeights?': TEXT,
  'fast?': BOOLEAN,
  batchSize: NUMBER,
  stepsPerEpoch: NUMBER,
  optimizer: TEXT,
  learningRate: NUMBER,
  loss: TEXT,
  metrics: TEXTS,
  'higherIsBetter?': { type: 'object', additionalProperties: { type: 'boolean' } },
  shuffle: { type: ['boolean', 'null'] },
  initialWeights: { enum: ['built', 'given'] },
});

const EXAMPLES = object({
  n: COUNT,
  ids: TEXTS,
  'labels?': NUMBERS,
  seen: NUMBERS,
  lossSum: NUMBERS,
  'lossSquares?': NUMBERS,
  confidenceSum: NUMBERS,
  'confidenceSquares?': NUMBERS,
  'confidenceSquareSum?': NUMBERS,
  correctSum: NUMBERS,
  forgotten: NUMBERS,
  firstLearned: NUMBERS,
  'marginSum?': NUMBERS,
  'errorNorm?': NUMBERS,
});

const GOAL = object({ metric: TEXT, value: NUMBER, source: TEXT });

const STEPS: Readonly<Record<string, Schema>> = {
  number: object({ column: TEXT, median: NUMBER, mean: NUMBER, sd: NUMBER, indicator: BOOLEAN }),
  boolean: object({ column: TEXT, share: NUMBER, indicator: BOOLEAN }),
  category: object({ column: TEXT, levels: list(orNull(TEXT)), rare: list(orNull(TEXT)) }),
  date: object({
    column: TEXT,
    median: NUMBER,
    mean: NUMBER,
    sd: NUMBER,
    indicator: BOOLEAN,
    cycles: list({ enum: ['year', 'week', 'day'] }),
  }),
  words: object({ column: TEXT, range: list(COUNT), terms: TEXTS, documents: list(COUNT) }),
  characters: object({ column: TEXT, range: list(COUNT), terms: TEXTS, documents: list(COUNT) }),
  tokens: object({ column: TEXT, words: TEXTS, length: COUNT }),
  standardize: object({
    per: { enum: ['feature', 'channel', 'all'] },
    mean: NUMBERS,
    sd: NUMBERS,
    padding: BOOLEAN,
  }),
  ignore: object({ column: TEXT, why: TEXT }),
};

const PREPARATION = object({
  kind: { const: 'preparation' },
  version: { const: 1 },
  name: TEXT,
  n: COUNT,
  steps: list({
    ...object({ step: { enum: Object.keys(STEPS) } }),
    allOf: Object.entries(STEPS).map(([step, schema]) => ({
      if: { properties: { step: { const: step } } },
      then: schema,
    })),
  }),
  shape: list(COUNT),
  'names?': TEXTS,
  vocabulary: { type: ['integer', 'null'] },
  options: { type: 'object' },
  fingerprint: TEXT,
  warnings: list(object({ code: TEXT, message: TEXT, count: COUNT })),
});

/** What a run log of schema version 1 must be, as JSON Schema. Fields that it does not name are kept. */
export const RUN_LOG_SCHEMA = object({
  kind: { const: 'run-log' },
  schemaVersion: { const: 1 },
  name: TEXT,
  createdBy: { enum: ['fit', 'recorder'] },
  task: { enum: TASKS },
  classes: TEXTS,
  config: CONFIG,
  seed: { type: ['integer', 'null'] },
  engine: object({
    name: { enum: ['native', 'wasm', 'cpu', 'unknown'] },
    version: TEXT,
    reason: TEXT,
    steps: TEXT,
  }),
  model: object({ layers: list(SUMMARY), parameters: COUNT }),
  data: object({ train: orNull(DATA), validation: orNull(DATA), 'split?': orNull(SPLIT) }),
  'preparation?': PREPARATION,
  initial: orNull(SCORES),
  steps: object({
    stride: { type: 'integer', minimum: 1 },
    loss: NUMBERS,
    'min?': NUMBERS,
    'max?': NUMBERS,
    learningRate: NUMBERS,
  }),
  epochs: list(EPOCH),
  layers: list(LAYER),
  activations: list(ACTIVATION),
  examples: orNull(EXAMPLES),
  'outcome?': orNull(object({ train: OUTCOME, validation: orNull(OUTCOME) })),
  'mixing?': NUMBER,
  nonFinite: orNull(
    object({
      what: { enum: ['loss', 'gradient', 'weight', 'validation-loss', 'input'] },
      step: COUNT,
      epoch: COUNT,
      'layer?': TEXT,
    }),
  ),
  stopped: { enum: ['completed', 'aborted', 'non-finite'] },
  goals: object({ humanLevel: orNull(GOAL), baseline: orNull(GOAL) }),
  timing: object({ seconds: NUMBER, secondsPerEpoch: NUMBERS }),
  warnings: list(object({ code: TEXT, message: TEXT, count: COUNT })),
});
