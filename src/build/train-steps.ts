import { random } from '../core/random';
import { featureSize } from '../data/feature-size';
import type { Dataset } from '../data/types';
import { takeRows } from '../engine/take-rows';
import { trainingSession } from '../engine/choose-session';
import { useEngine } from '../engine/use-engine';
import { breather } from '../engine/train/breathe';
import { readyModel, type BuildModel } from './build-model';
import { encodeTargets } from './encode-targets';
import { lossOf } from './loss-of';
import { optimizerOf, type OptimizerChoice } from './optimizer-of';

/** A short training on one fixed batch. */
export interface TrainStepsSpec {
  readonly build: BuildModel;
  readonly data: Dataset;
  /** Rows of the batch, the same in every step. */
  readonly batch: ArrayLike<number>;
  readonly steps: number;
  readonly learningRate?: number;
  readonly optimizer?: OptimizerChoice;
  readonly loss?: string;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/**
 * Returns the losses of a fresh model trained on one batch again and again, without dropout; the model is freed.
 * Ends early when the loss is no longer a finite number, or when aborted.
 */
export async function trainSteps(spec: TrainStepsSpec): Promise<{ readonly losses: readonly number[] }> {
  const { data, batch, seed, signal } = spec;
  const engine = await useEngine();
  const { tf } = engine;
  const stream = random(seed);
  const { model, units } = readyModel('trainSteps', tf, spec.build, data, stream.fork('weights'));
  try {
    for (const layer of model.layers) {
      if (/Dropout$/.test(layer.getClassName())) (layer as unknown as { rate: number }).rate = 0;
    }
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
      const loaded = session.load({
        n: batch.length,
        inputs: takeRows(data.features.values, batch, featureSize(data.features.shape)),
        targets: takeRows(encodeTargets(data, units), batch, units),
      });
      const rows = Int32Array.from({ length: batch.length }, (_, i) => i);
      const losses: number[] = [];
      const breathe = breather();
      while (losses.length < spec.steps && !signal?.aborted) {
        const { loss } = session.step(loaded, rows);
        losses.push(loss);
        if (!Number.isFinite(loss)) break;
        await breathe();
      }
      return { losses };
    } finally {
      session.dispose();
    }
  } finally {
    model.dispose();
  }
}
