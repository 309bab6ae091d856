import type { Experiment } from '../experiment';
import { costOf, whyNotRetrained } from '../retraining';
import { runSliceArms, SLICE_OUTCOMES } from '../slice-experiment';

/** A batch of the easiest examples and one of the hardest, each alone. */
export const easiestAlone: Experiment = {
  id: 'easiest-alone',
  title: 'on the easiest and on the hardest examples alone',
  outcomes: [SLICE_OUTCOMES],
  suits: (run, _finding, slices) => {
    const { validation } = run;
    if (!slices || !validation) return 'There are no slices by difficulty of the validation examples.';
    if (slices.slices.some(({ indices }) => indices.some((i) => i >= validation.n)))
      return "The slices are not of the run's own validation examples.";
    return whyNotRetrained(run);
  },
  cost: (run) => costOf(run, 1),
  run: ({ run, slices, seed, signal, onArm }) => runSliceArms(run, slices, { seed, signal }, onArm),
};
