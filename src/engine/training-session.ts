/** Rows of a batch: inputs B×D and targets B×U, flat. */
export interface Batch {
  readonly n: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

/** What one optimizer step left: the mean loss (with penalties), and the model's outputs B×U before the update. */
export interface StepResult {
  readonly loss: number;
  readonly outputs: Float32Array;
}

/** Norms of one layer around one step. */
export interface LayerNorms {
  readonly layer: string;
  readonly update: number;
  readonly weight: number;
  readonly gradient: number;
}

/**
 * One training in progress. Behind this seam stands TensorFlow.js' autograd; a compiled step can take its place.
 */
export interface TrainingSession {
  /** What runs the steps, for the log. */
  readonly id: string;
  /** One update. `watch` asks for the norms of each layer as well. */
  step(batch: Batch, watch?: (norms: readonly LayerNorms[]) => void): StepResult;
  /** Outputs B×U in inference mode. */
  predict(inputs: Float32Array, n: number): Float32Array;
  /** Whether every weight is a finite number. */
  finite(): boolean;
  /** Frees what the training needed; the model keeps its weights. */
  dispose(): void;
}
