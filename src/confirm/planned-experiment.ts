import type { DifficultySlices } from '../look/types';
import { rateExperiments } from './choose-experiment';
import { titleOf, type Confirmable, type Experiment } from './experiment';
import { allExperiments } from './all-experiments';
import type { LiveRun } from './live-run';
import type { Cause, PlannedExperiment } from './types';

/**
 * Returns the experiment that tells most of the causes for what it takes, by the square root of its cost; null where none
 * can be run or tells anything. Of a cause that is as good as sure the one that takes it away.
 *
 * @param causes with the weights that they have by now
 * @param done ids of the experiments that are not to be run again
 */
export function chooseExperiment(
  causes: readonly Cause[],
  run: LiveRun,
  finding: Confirmable,
  done: readonly string[] = [],
  slices: DifficultySlices | null = null,
): Experiment | null {
  const [best] = rateExperiments(allExperiments(), causes, run, finding, slices, { done });
  return best?.experiment ?? null;
}

/** Returns what `confirm()` would do first, and about how long it would take; null where it could do nothing. Loads nothing. */
export function plannedExperiment(
  run: LiveRun | null,
  finding: Confirmable,
  slices: DifficultySlices | null = null,
): PlannedExperiment | null {
  const chosen = run && chooseExperiment(finding.causes, run, finding, [], slices);
  if (!chosen) return null;
  const { seconds } = chosen.cost(run, finding);
  return { id: chosen.id, title: titleOf(chosen, run, finding), seconds };
}
