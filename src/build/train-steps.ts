import { random } from '../core/random';
import { featureSize } from '../data/feature-size';
import type { Dataset } from '../data/types';
import { trainingSession } from '../engine/choose-session';
import { takeRows } from '../engine/take-rows';
import { breather } from '../engine/train/breathe';
import { layerFacts } from '../engine/train/layer-facts';
import type { StepWatch } from '../engine/training-session';
import { useEngine } from '../engine/use-engine';
import { readyModel, type BuildModel } from './build-model';
import { encodeTargets } from './encode-targets';
import { lossOf } from './loss-of';
import { optimizerOf, type OptimizerChoice } from './optimizer-of';
import { withoutRandomness } from './without-randomness';

/** A short training on one fixed batch. */
export interface TrainStepsSpec {
  readonly build: BuildModel;
  readonly data: Dataset;
  /** Rows of the batch, the same in every step. */
  readonly batch: ArrayLike<number>;
  readonly steps: number;
  /** Asked when the steps are done: whether to do as many again. */
  readonly more?: (losses: readonly number[]) => boolean;
  readonly learningRate?: number;
  readonly optimizer?: OptimizerChoice;
  readonly loss?: string;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/** A layer with weights: what reached it at the first and at the last step that was watched. */
export interface LayerReached {
  readonly name: string;
  readonly trainable: boolean;
  /** Norm of its gradient; 0 where it is frozen. */
  readonly firstGradient: number;
  readonly lastGradient: number;
}

export interface TrainedSteps {
  /** Before each step, without penalties. */
  readonly losses: readonly number[];
  /** Penalties on the weights before the first step. */
  readonly penalty: number;
  readonly layers: readonly LayerReached[];
  /** Layers whose dropout, noise or augmentation was turned off. */
  readonly turnedOff: readonly string[];
}

/** Steps between two looks at the layers. */
const WATCHED = 50;

/**
 * Returns how a fresh model fares that is trained on one batch again and again, all in one order, without dropout, noise and
 * augmentation; the model is freed. Batch normalisation stays as in training: it takes the statistics of the batch, which are
 * the same in every step up to the weights. Ends early when the loss is no longer a finite number, or when aborted.
 */
export async function trainSteps(spec: TrainStepsSpec): Promise<TrainedSteps> {
  const { data, batch, seed, signal } = spec;
  const engine = await useEngine();
  const { tf } = engine;
  const stream = random(seed);
  const { model, units } = readyModel('trainSteps', tf, spec.build, data, stream.fork('weights'));
  try {
    const turnedOff = withoutRandomness(model);
    const loss = lossOf('trainSteps', spec.loss, data, units);
    const { optimizer } = optimizerOf('trainSteps', tf, spec.optimizer ?? 'adam', spec.learningRate);
    const { session } = trainingSession({
      engine,
      model,
      optimizer,
      loss,
      inputShape: data.features.shape,
      units,
      batch: batch.length,
      stream: stream.fork('dropout'),
    });
    try {
      const targets = takeRows(encodeTargets(data, units), batch, units);
      const inputs = takeRows(data.features.values, batch, featureSize(data.features.shape));
      const loaded = session.load({ n: batch.length, inputs, targets });
      const rows = Int32Array.from({ length: batch.length }, (_, i) => i);
      const losses: number[] = [];
      const gradients = new Map<string, { first: number; last: number }>();
      const watch = ({ norms }: StepWatch): void =>
        norms.forEach(({ layer, gradient }) => {
          const { first = gradient } = gradients.get(layer) ?? {};
          gradients.set(layer, { first, last: gradient });
        });
      const breathe = breather();
      let penalty = 0;
      let planned = spec.steps;
      while (!signal?.aborted) {
        if (losses.length === planned) {
          if (!spec.more?.(losses)) break;
          planned += spec.steps;
        }
        const looked = losses.length % WATCHED === 0 || losses.length === planned - 1;
        const step = session.step(loaded, rows, looked ? watch : undefined);
        const own =
          rows.reduce((sum, row) => sum + loss.row(targets, step.outputs, row, units), 0) / rows.length;
        losses.push(Number.isFinite(step.loss) ? own : step.loss);
        if (losses.length === 1) penalty = Math.max(0, step.loss - own);
        if (!Number.isFinite(step.loss)) break;
        await breathe();
      }
      const layers = layerFacts(model).map(({ name, trainable }): LayerReached => {
        const { first = 0, last = 0 } = gradients.get(name) ?? {};
        return { name, trainable, firstGradient: first, lastGradient: last };
      });
      return { losses, penalty, layers, turnedOff };
    } finally {
      session.dispose();
    }
  } finally {
    model.dispose();
  }
}
