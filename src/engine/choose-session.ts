import type { LayersModel, Optimizer } from '@tensorflow/tfjs';
import type { Random } from '../core/random';
import { autogradSession } from './autograd-session';
import { freeCores } from './cores';
import type { Loss } from './losses';
import { Unplannable } from './plan/unplannable';
import type { StepSettings, TrainingSession } from './training-session';
import type { Engine } from './use-engine';

export interface TrainingSpec extends StepSettings {
  readonly engine: Engine;
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  readonly inputShape: readonly number[];
  readonly units: number;
  /** Most examples of a step. */
  readonly batch: number;
  /** Whether relaxed operations may be used. */
  readonly fast?: boolean;
  readonly stream: Random;
}

/** The session of a training, and why it is not a plan where one was wanted. */
export interface ChosenSession {
  readonly session: TrainingSession;
  readonly unplanned?: string;
}

/** Why no plan is wanted, or undefined: HUNCH_PLAN is "off", or HUNCH_ENGINE asks for another engine. */
export function planRefused(): string | undefined {
  const { HUNCH_PLAN: plan, HUNCH_ENGINE: engine } = process.env;
  if (plan === 'off') return 'HUNCH_PLAN is "off"';
  return engine && engine !== 'wasm' ? `HUNCH_ENGINE asks for "${engine}"` : undefined;
}

/**
 * Returns what runs the steps of a training: the compiled step, or TensorFlow.js' autograd where the model holds what a plan
 * cannot express.
 */
export function trainingSession(spec: TrainingSpec): ChosenSession {
  const { engine, stream, ...rest } = spec;
  const autograd = (): TrainingSession => autogradSession({ ...rest, tf: engine.tf, stream });
  if (planRefused()) return { session: autograd() };
  // Loaded with the engine, not with the library.
  const { planSession } = require('./plan-session') as typeof import('./plan-session');
  try {
    return { session: planSession({ ...rest, tf: engine.tf, stream, threads: freeCores() }) };
  } catch (error) {
    if (!(error instanceof Unplannable)) throw error;
    const unplanned = `Training runs on TensorFlow.js' autograd, which is slower: ${error.message}.`;
    return { session: autograd(), unplanned };
  }
}
