import { anySignal } from '../core/any-signal';
import { currentHost } from '../core/host';
import { InputError } from '../core/input-error';
import { checkOptions, integer, numberIn, signal as signalRule } from '../core/options';
import { startProgress } from '../core/progress';
import type { DifficultySlices } from '../look/types';
import { MOST_SHARE, rateExperiments, type Rated } from './choose-experiment';
import { confirmationOf, learnt } from './confirmation-of';
import {
  titleOf,
  type Confirmable,
  type ExperimentResult,
  type ExperimentSetup,
  type Rejudge,
} from './experiment';
import { allExperiments } from './all-experiments';
import type { LiveRun } from './live-run';
import { armOf } from './read-arm';
import { whyNotRetrained } from './retraining';
import type { Cause, Confirmation, ConfirmationStep, ConfirmOptions, ExperimentArm } from './types';
import { updateWithUnnamed } from './update-causes';

export type { Confirmable, Rejudge } from './experiment';

/** Seconds and trainings that `until` may take. */
const LEAST_BUDGET = 10;
const BUDGET = 10;

function liveRun(run: LiveRun | null): LiveRun {
  const missing = (param: string, expected: string, mend: string): InputError =>
    new InputError({ code: 'missing', fn: 'confirm', param, expected, mend });
  if (run === null) {
    const expected = 'be the live run; a log alone has neither the data nor the model to experiment with';
    throw missing('run', expected, 'Diagnose the run that fit returned.');
  }
  if (whyNotRetrained(run) === null) return run;
  throw missing(
    run.train ? 'run.build' : 'run.train',
    'be kept by the run: experiments train anew',
    'Give fit the data and a function that builds the model.',
  );
}

/** About how long, as a person would say it. */
const about = (seconds: number): string => `about ${Number(seconds.toPrecision(seconds < 10 ? 1 : 2))} s`;

/** Runs one experiment, with progress that says what it does and what it takes. */
async function runOne(
  { experiment }: Rated,
  setup: Omit<ExperimentSetup, 'onArm'>,
): Promise<ExperimentResult> {
  const { run, finding } = setup;
  const { seconds } = experiment.cost(run, finding);
  const label = `training ${titleOf(experiment, run, finding)}: ${about(seconds)}`;
  const progress = startProgress({ label, unit: 'arm' });
  let done = 0;
  try {
    return await experiment.run({ ...setup, onArm: (arm) => progress.update((done = arm)) });
  } finally {
    progress.end(done);
  }
}

/**
 * Returns what experiments say of a finding's causes. Each changes one thing about the run, trains it anew from the same seed
 * and looks what became of the scores and of what looked strange. Run is the one that tells most of the causes for what it
 * takes, within three times the training; with `until` others follow, until one cause has that weight, nothing is left that
 * tells them apart, or `budget` is spent. The weights follow tables of probabilities that stand with each experiment.
 *
 * @param rejudge whether a log shows the finding; null where that cannot be told
 * @throws InputError `missing` without the live run, its data or the function that builds the model, `out-of-range`,
 *   `unknown-option`
 */
export async function confirmFinding(
  run: LiveRun | null,
  finding: Confirmable,
  slices: DifficultySlices | null,
  options: ConfirmOptions = {},
  rejudge?: Rejudge,
): Promise<Confirmation> {
  checkOptions<ConfirmOptions>('confirm', options, {
    signal: signalRule,
    seed: integer(0),
    until: numberIn(0, 1),
    budget: numberIn(0, Infinity),
  });
  const live = liveRun(run);
  const { until, seed = live.log.seed ?? 0 } = options;
  const budget = options.budget ?? Math.max(LEAST_BUDGET, BUDGET * live.log.timing.seconds);
  const { check, code, message, causes: before } = finding;
  const { signal, release } = anySignal([options.signal, currentHost()?.interruptSignal()]);
  const begun = performance.now();
  const spent = (): number => (performance.now() - begun) / 1000;
  const arms: ExperimentArm[] = [];
  const steps: ConfirmationStep[] = [];
  const done: string[] = [];
  const failures: unknown[] = [];
  let causes: readonly Cause[] = before;

  /** The best one that is left and that the budget allows for; the first may take what it takes. */
  const nextOne = (): Rated | undefined => {
    const most = until === undefined ? MOST_SHARE : Infinity;
    for (const one of rateExperiments(allExperiments(), causes, live, finding, slices, { done, most })) {
      const { seconds } = one.experiment.cost(live, finding);
      if (until === undefined || seconds <= budget - spent()) return one;
    }
    return undefined;
  };

  try {
    for (let next = nextOne(); next && !signal.aborted; next = nextOne()) {
      const { experiment } = next;
      done.push(experiment.id);
      const from = spent();
      let result: ExperimentResult;
      try {
        result = await runOne(next, { run: live, finding, slices, seed, signal, rejudge });
      } catch (error) {
        failures.push(error);
        continue;
      }
      if (signal.aborted) break;
      const { observations } = result;
      const after = updateWithUnnamed(causes, observations);
      arms.push(...result.arms);
      steps.push({
        experiment: experiment.id,
        title: titleOf(experiment, live, finding),
        seconds: spent() - from,
        estimate: experiment.cost(live, finding).seconds,
        observations: observations.map(({ question, seen }) => ({ question, seen })),
        causes: after,
        message: learnt(observations, causes, after),
      });
      causes = after;
      if (until === undefined || causes[0].weight >= until) break;
    }
  } finally {
    release();
  }
  if (steps.length === 0 && failures.length > 0 && !signal.aborted) throw failures[0];
  return confirmationOf({
    finding: { check, code, message },
    arms: arms.some(({ id }) => id === 'as-is')
      ? arms
      : [armOf('as-is', 'as it was', live.log, 'as it was'), ...arms],
    before,
    causes,
    steps,
    aborted: signal.aborted,
    seed,
    seconds: spent(),
  });
}
