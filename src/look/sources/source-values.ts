import type { Warning } from '../../core/warning';
import type { DifficultySource } from '../types';

/** What a source of difficulty knows: one number per example, higher is harder, NaN where unknown. */
export interface SourceValues {
  readonly source: DifficultySource;
  readonly title: string;
  readonly unit: string;
  readonly values: Float64Array;
  readonly circular: boolean;
  /** Of ordered categories: the level of each value 0, 1, … */
  readonly levels?: readonly string[];
  readonly warnings?: readonly Warning[];
}
