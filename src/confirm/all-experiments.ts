import type { Experiment } from './experiment';

/** The experiments, loaded when the first finding asks for them: most imports of the library never do. */
export function allExperiments(): readonly Experiment[] {
  return (require('./experiments') as { readonly EXPERIMENTS: readonly Experiment[] }).EXPERIMENTS;
}
