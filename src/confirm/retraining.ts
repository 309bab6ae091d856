import { formsOf, whyNotRebuilt, type LayerForm, type ModelEdit } from '../build/edit-model';
import type { RunLog } from '../build/types';
import type { Confirmable, Cost, Experiment } from './experiment';
import type { LiveRun } from './live-run';
import { armOf, helped, inWords, metricNameOf, readBoth, readSide, type Reading } from './read-arm';
import { SURE_AT } from './choose-experiment';
import { retrain, setsOf, type Change, type Sets } from './retrain';
import type { Likelihood } from './update-causes';

/** The live run with what an experiment asks of it. */
export interface Subject {
  readonly run: LiveRun;
  readonly log: RunLog;
  readonly finding: Confirmable;
  /** Layers of the model, as far as they are known. */
  readonly layers: () => readonly LayerForm[];
  readonly sets: () => Sets;
  readonly seed: number;
}

/** What was seen of an arm. */
export interface Seen {
  readonly seen: boolean;
  readonly told: string;
  readonly outcome: string;
}

/** An experiment that trains the model anew with one thing changed, and asks one question of it. */
export interface Retraining {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly outcomes: Likelihood;
  wording?(run: LiveRun, finding: Confirmable): string;
  /** Whether it looks at the validation examples. */
  readonly needsValidation?: boolean;
  /** Why it would change nothing, as a sentence; null where it would. */
  pointless?(subject: Subject): string | null;
  /** Where the change is one of the model; with the sentence for a model that it leaves as it is. */
  readonly edit?: ModelEdit;
  /** Whether what `change` returns edits the model. */
  readonly edits?: boolean;
  readonly nothingToEdit?: string;
  /** Share of the run's own training that it takes; defaults to 1. */
  share?(subject: Subject): number;
  change?(subject: Subject): Change;
  /** Defaults to whether it helped on the training examples or on those of validation. */
  readonly read?: Read;
}

/** Layers of the live model, or what the log says of them. */
function layersOf({ model, log }: LiveRun): readonly LayerForm[] {
  const live = model as Parameters<typeof formsOf>[0] | undefined;
  if (live?.layers) return formsOf(live);
  return log.model.layers.map(({ name, type, activation, trainable, rate, momentum, parameters }) => ({
    type,
    config: { name, activation, trainable, rate, momentum },
    weighted: parameters > 0,
  }));
}

export function subjectOf(run: LiveRun, finding: Confirmable, seed = run.log.seed ?? 0): Subject {
  let sets: Sets | undefined;
  let layers: readonly LayerForm[] | undefined;
  return {
    run,
    log: run.log,
    finding,
    seed,
    layers: () => (layers ??= layersOf(run)),
    sets: () => (sets ??= setsOf(run)),
  };
}

/** Why a run cannot be trained anew, as a sentence. */
export function whyNotRetrained({ train, build }: LiveRun): string | null {
  if (!train) return 'The run does not hold the data that it was trained on.';
  if (typeof build === 'function') return null;
  return 'The run was given a finished model, not a function that builds it anew.';
}

/** Whether an edit leaves every layer as it is. */
const leavesAlone = (edit: ModelEdit, layers: readonly LayerForm[]): boolean =>
  layers.every((layer, i) => {
    const made = edit(layer, i, layers);
    return made.length === 1 && made[0] === layer;
  });

/** Seconds that any training takes beside its steps: building the model, summing up. */
const START = 0.05;

export function costOf({ log }: LiveRun, share: number): Cost {
  return { share, seconds: START + share * log.timing.seconds };
}

/** Of a cause that is as good as sure it is enough that the symptom goes; else it must not cost more than it brings. */
const seenBy = (reading: Reading, { finding }: Subject): Seen => ({
  seen: helped(reading) || (reading.gone === true && (finding.causes[0]?.weight ?? 0) >= SURE_AT),
  told: inWords(reading),
  outcome: reading.compared,
});

type Read = (own: RunLog, arm: RunLog, gone: boolean | null, subject: Subject) => Seen;

/** Reads an arm by both sides. */
const byBothSides: Read = (own, arm, gone, subject) => seenBy(readBoth(own, arm, gone), subject);

/** Reads an arm by what is gained alone: what gets there sooner or later may not be there yet, and still look strange. */
export const byGain: Read = (own, arm, gone) => {
  const reading = readBoth(own, arm, gone);
  return { seen: reading.compared === 'better', told: inWords(reading), outcome: reading.compared };
};

/** Reads an arm by the validation examples alone; a symptom that is gone counts whatever else changed. */
export const byValidation: Read = (own, arm, gone, subject) => {
  const reading = readSide(own, arm, 'validation', gone);
  const { compared, much } = reading;
  return { ...seenBy(reading, subject), seen: gone ?? (compared === 'better' || much) };
};

/** Reads an arm by a metric, for what changes the loss itself. */
export const byMetric: Read = (own, arm, gone, subject) =>
  seenBy(readBoth(own, arm, gone, metricNameOf(own)), subject);

/** Returns the experiment of a retraining. */
export function retraining(spec: Retraining): Experiment {
  const { id, title, question, outcomes, edit, read = byBothSides } = spec;
  const shareOf = (subject: Subject): number => spec.share?.(subject) ?? 1;
  return {
    id,
    title,
    outcomes: [outcomes],
    ...(spec.wording && { wording: spec.wording }),
    suits(run, finding) {
      const lack = whyNotRetrained(run);
      if (lack) return lack;
      if (spec.needsValidation && !run.validation) return 'The run has no validation examples.';
      const subject = subjectOf(run, finding);
      if (edit && leavesAlone(edit, subject.layers())) {
        return spec.nothingToEdit ?? 'It would leave the model as it is.';
      }
      const live = run.model as Parameters<typeof whyNotRebuilt>[0] | undefined;
      const pointless = spec.pointless?.(subject) ?? null;
      if (pointless) return pointless;
      return (edit ?? spec.edits) && live?.layers ? whyNotRebuilt(live) : null;
    },
    cost: (run, finding) => costOf(run, shareOf(subjectOf(run, finding))),
    async run({ run, finding, seed, signal, rejudge, onArm }) {
      const subject = subjectOf(run, finding, seed);
      const log = await retrain(run, { ...spec.change?.(subject), ...(edit && { edit }) }, { seed, signal });
      if (signal?.aborted) return { arms: [], observations: [] };
      onArm(1);
      const still = rejudge?.(log) ?? null;
      const { seen, told, outcome } = read(run.log, log, still === null ? null : !still, subject);
      const words = spec.wording?.(run, finding) ?? title;
      return {
        arms: [armOf(id, words, log, outcome)],
        observations: [
          {
            seen,
            question,
            probability: outcomes,
            told: `${words[0].toUpperCase()}${words.slice(1)} ${told}`,
          },
        ],
      };
    },
  };
}
