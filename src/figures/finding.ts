import type { RunLog } from '../build/types';
import type { FindingData } from '../suspect/types';
import { checkKind } from './check-kind';
import type { Figure } from './figure';
import { findingClass } from './finding-class';
import { findingColumns } from './finding-columns';
import { findingCourse } from './finding-course';
import { findingLayer } from './finding-layer';
import { findingModel } from './finding-model';
import { findingSteps } from './finding-steps';

/** Each draws its kind of finding and none other; from what is most particular to what is most general. */
const FAMILIES = [
  findingClass,
  findingColumns,
  findingLayer,
  findingSteps,
  findingCourse,
  findingModel,
] as const;

/**
 * Returns the marked figure of a finding: what is strange in vermilion, with a word beside it, among what is not. Findings on
 * the course of the loss shade their epochs, or mark their step, and draw the loss of a guess; those on a layer show its line
 * among the others', or how it was built; those on a column show what was measured of each column, worst first; those on a class show how its
 * examples were told, or how many there are. Where a picture adds nothing to the sentence, or the log lacks what it is of, there is none.
 *
 * @param finding from a report, live or re-read
 * @param log of the run that it was found in
 * @returns a Plotly figure with the finding's message as its title, or null
 * @throws InputError `invalid-type` for anything but a finding and a log
 * @example
 * const build = ({ tf, inputShape, units }) =>
 *   tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] });
 * const run = await fit(build, datasets.iris(), { epochs: 2, learningRate: 30, seed: 1 });
 * const [finding] = diagnose(run).findings;
 * figures.finding(finding, run.log).title === finding.message.replace(/\.$/, '') // => true
 */
export function finding(finding: FindingData, log: RunLog): Figure | null {
  checkKind('finding', 'finding', finding, 'finding');
  checkKind('finding', 'log', log, 'run-log');
  for (const family of FAMILIES) {
    const drawn = family(finding, log);
    if (drawn) return drawn;
  }
  return null;
}
