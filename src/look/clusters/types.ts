import type { Warning } from '../../core/warning';
import type { Dataset } from '../../data/types';
import type { SlicedMeasure, SlicedMetric } from '../error-values';
import type { SliceCost } from '../slice-cost';
import type { SliceError } from '../slice-errors';

/** Features or embeddings: a data set, or numbers with the shape of one example. */
export type ClusterFeatures =
  Dataset | { readonly values: ArrayLike<number>; readonly shape: readonly number[] };

/** Options of `sliceClusters`. */
export interface SliceClustersOptions {
  /** A data set is matched by id; numbers N×shape are in the order of the predictions. */
  readonly features: ClusterFeatures;
  /** Clusters that are judged, at most; defaults to 5. */
  readonly slices?: number;
  /** Parts of the mixture; defaults to 25. */
  readonly components?: number;
  /** Principal components that it is made in, at most; defaults to 128. */
  readonly dimensions?: number;
  /** How much label and prediction count beside the features (γ); defaults to 10. */
  readonly weight?: number;
  /** Examples that a cluster must have in either half; defaults to 20 or a hundredth of the half, the larger. */
  readonly smallest?: number;
  /** "error" (wrong or right, of values the squared error) or "loss"; defaults to "error". */
  readonly measure?: SlicedMeasure;
  /** Share of false ones among the slices that is borne, by Benjamini and Hochberg; defaults to 0.05. */
  readonly falseDiscoveries?: number;
  /** Confidence level strictly between 0 and 1; defaults to 0.95. */
  readonly level?: number;
  /** Divides the examples, and begins the mixture; defaults to 0. */
  readonly seed?: number;
}

/** Examples of one half. */
export interface ClusterHalf extends SliceError {
  readonly n: number;
}

/** An example in the middle of a cluster. */
export interface NearExample {
  readonly index: number;
  readonly id: string;
  /** Euclidean distance to the mean in the space of the mixture, in standard deviations of the cluster. */
  readonly distance: number;
}

/** What metadata say of who is in a cluster. */
export interface ClusterDescription {
  readonly column: string;
  /** In words: "lighting = night", "brightness ≤ 0.2". */
  readonly words: string;
  /** Examples that it is true of. */
  readonly n: number;
  /** Share of these that are in the cluster, with Wilson's interval. */
  readonly precision: number;
  readonly interval: readonly [number, number];
  /** Share of the cluster that it is true of. */
  readonly coverage: number;
  /** precision / share of all examples that are in the cluster. */
  readonly lift: number;
  /** Fisher's exact test, adjusted over all that was tried. */
  readonly adjusted: number;
}

/** A region of the features in which the model errs more, or seemed to. */
export interface ClusterSlice {
  readonly kind: 'cluster-slice';
  /** Number of the part of the mixture. */
  readonly component: number;
  readonly metric: SlicedMetric;
  /** Examples of both halves. */
  readonly n: number;
  /** In the half that it was found on: too bad by the search for what is bad. */
  readonly discovered: ClusterHalf;
  /** In the other half, which knew nothing of the search: what to believe. */
  readonly heldOut: ClusterHalf & SliceCost;
  /** Error of all examples of the other half. */
  readonly overall: number;
  readonly level: number;
  /** That the cluster is no worse than the rest of the held-out half: Fisher's exact test, Welch's for values; one-sided. */
  readonly pValue: number;
  readonly adjusted: number;
  /** Whether it holds up. */
  readonly confirmed: boolean;
  readonly nearest: readonly NearExample[];
  /** Best first; empty where no metadata tell it apart. */
  readonly descriptions: readonly ClusterDescription[];
  readonly indices: readonly number[];
  /**
   * Returns the rows of other examples that lie in the cluster, by their features alone. Not part of the JSON.
   *
   * @throws InputError `length-mismatch` for another shape
   */
  fit(features: ClusterFeatures): readonly number[];
}

export interface ClusterSlices {
  readonly kind: 'cluster-slices';
  readonly name: string;
  readonly metric: SlicedMetric;
  readonly n: number;
  readonly level: number;
  /** All examples of the half that was searched, and of the other. */
  readonly discovery: ClusterHalf;
  readonly heldOut: ClusterHalf;
  /** Those that hold up on the held-out half, the worst first. */
  readonly slices: readonly ClusterSlice[];
  /** Those that looked bad and do not. */
  readonly rejected: readonly ClusterSlice[];
  readonly falseDiscoveries: number;
  /** The mixture. */
  readonly components: number;
  readonly dimensions: number;
  /** Share of the variance that these dimensions have. */
  readonly explained: number;
  readonly weight: number;
  readonly smallest: number;
  /** Examples that the mixture was made from. */
  readonly fittedOn: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly seed: number;
  readonly warnings: readonly Warning[];
  /** Returns the part of the mixture that each of other examples belongs to. Not part of the JSON. */
  assign(features: ClusterFeatures): Int32Array;
}
