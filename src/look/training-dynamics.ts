import type { RunLog } from '../build/types';
import { checkOptions, numberIn } from '../core/options';
import { asResult } from '../core/showable';
import { collectWarnings, type Warnings } from '../core/warning';
import { CARD_RULES, type CardOptions } from './cards/card-maker';
import { dynamicsCards } from './dynamics/dynamics-cards';
import { classDynamics, countedShare } from './dynamics/class-dynamics';
import { DYNAMICS_MEASURES, measureOf } from './dynamics/measures-of';
import { joinExamples, overRuns, type JoinedExamples, type OverRuns } from './dynamics/over-runs';
import { regionsOf } from './dynamics/regions';
import { epochsDone, runLogs, type DynamicsSubject } from './dynamics/run-logs';
import type { DynamicsMeasure, TrainingDynamics } from './dynamics/types';

const FN = 'trainingDynamics';

/** Options of {@link trainingDynamics}. */
export interface TrainingDynamicsOptions extends CardOptions {
  /** Share of the examples that each end of an axis takes, up to a half; defaults to 0.33. */
  readonly share?: number;
}

/** Names of the classes or labels of each joined example, or its value as text; null where the logs do not tell. */
function namesOf(
  logs: readonly RunLog[],
  { ids, places }: JoinedExamples,
): readonly (readonly string[])[] | null {
  const [{ task, classes }] = logs;
  const width = task === 'multi-label' ? classes.length : 1;
  const known = logs.map(({ examples }) =>
    examples!.labels?.length === examples!.n * width ? examples!.labels : null,
  );
  if (known.includes(null)) return null;
  return ids.map((_, i) => {
    const run = places.findIndex((place) => place[i] >= 0);
    const [labels, place] = [known[run]!, places[run][i]];
    if (task === 'multi-label') return classes.filter((_name, k) => labels[place * width + k] === 1);
    return [task === 'classification' ? classes[labels[place]] : String(labels[place])];
  });
}

function warn(
  warnings: Warnings,
  logs: readonly RunLog[],
  joined: JoinedExamples,
  presentations: ArrayLike<number>,
  lacks: boolean,
): void {
  const unseen = Array.from(presentations).filter(Number.isNaN).length;
  const most = Array.from(presentations).reduce((a, b) => (b > a ? b : a), 0);
  if (unseen > 0)
    warnings.add('unseen', `${unseen} of ${joined.ids.length} examples were never trained on.`, unseen);
  if (most < 5) {
    const rest = most < 2 ? 'cannot be told' : 'rest on few';
    warnings.add(
      'few-epochs',
      `Examples were trained on ${most} time${most === 1 ? '' : 's'}: variability and what is ambiguous ${rest}.`,
    );
  }
  if (!joined.same) {
    warnings.add(
      'other-examples',
      'The runs were not trained on the same examples; each example is judged by the runs that have it.',
    );
  }
  if (lacks) {
    const older = logs.filter(({ examples }) => !examples!.marginSum || !examples!.lossSquares).length;
    warnings.add(
      'older-log',
      `${older} of ${logs.length} logs are older and lack some of the measures.`,
      older,
    );
  }
}

/**
 * Returns how each training example was learnt: how sure the model was of its label from epoch to epoch, how much that
 * changed, when it was first right and how often it was forgotten. Use it to see which examples are easy, ambiguous, or
 * so hard that their labels are worth reading; several seeds make it steadier. It tells nothing of examples that were not
 * trained on, and little after fewer than about five epochs.
 *
 * Each example counts once an epoch, when it is trained on: weights moving, dropout on. With p the probability of its label:
 * confidence is the mean of p, variability its population standard deviation, correctness how often it was right. On the
 * map the third of most variability is `ambiguous`; of the rest, those among the third of most confidence are `easy-to-learn`
 * and those among the third of least `hard-to-learn`; where the thirds overlap, ambiguous comes first, and `overlaps` counts
 * it (the paper's three sets may share examples). AUM is the mean of z_y − max z_k over the presentations, with logits z from
 * the logarithms of the outputs (exact for a softmax within ±87, within ±16 for one sigmoid unit; of the outputs themselves
 * for losses other than cross-entropy). EL2N is the mean of ‖p − one-hot‖₂ over epochs 2 to a fifth of those planned: the
 * paper takes one early epoch (10 or 20 of 200) of about ten runs, in inference mode. With
 * several labels an example p and the margin are means over the labels, and right is right in all of them. For regression only the loss is known:
 * hard and easy are then the thirds of most and least, and nothing is ambiguous.
 *
 * @param subject a run of `fit` or its log, or several of them (`fit` with `seeds`): means over the runs, and their spread
 * @param options share of the thirds, defaults to 0.33; data: the training data, to show what the hard, the ambiguous and the easy
 *   look like; columns, as: what of it
 * @returns one entry an example for each measure, in the order of the training data; higher confidence and AUM are easier,
 *   higher loss, forgetting and EL2N harder
 * @throws InputError `missing` for a log without dynamics, `invalid-type`, `length-mismatch`, `out-of-range`, `unknown-option`
 * @example
 * const build = ({ tf, inputShape, units }) =>
 *   tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] });
 * const run = await fit(build, datasets.iris(), { epochs: 5, learningRate: 0.1 });
 * const dynamics = trainingDynamics(run);
 * [dynamics.n, dynamics.correctness.length, dynamics.regions.filter((r) => r === 'ambiguous').length] // => [150, 150, 49]
 * @see Swayamdipta et al., "Dataset cartography", 2020; Toneva et al., "An empirical study of example forgetting", 2019;
 *   Pleiss et al., "Identifying mislabeled data using the area under the margin ranking", 2020; Paul et al., "Deep learning
 *   on a data diet", 2021
 */
export function trainingDynamics(
  subject: DynamicsSubject | readonly DynamicsSubject[],
  options: TrainingDynamicsOptions = {},
): TrainingDynamics {
  const { share = 0.33 } = checkOptions(FN, options, { ...CARD_RULES, share: numberIn(0.01, 0.5) });
  const logs = runLogs(FN, 'run', subject);
  const [{ task, name, classes }] = logs;
  const examples = logs.map((log) => log.examples!);
  const joined = joinExamples(FN, examples);
  const measured = new Map<DynamicsMeasure, OverRuns>();
  for (const key of DYNAMICS_MEASURES) {
    const values = logs.map((log) => measureOf(log, key));
    if (!values.includes(undefined)) measured.set(key, overRuns(joined, values));
  }
  const meanOf = (key: DynamicsMeasure): Float64Array | null => measured.get(key)?.mean ?? null;
  const seen = overRuns(
    joined,
    examples.map((run) => Float64Array.from(run.seen, (times) => times || NaN)),
  );
  const loss = meanOf('loss')!;
  const confidence = meanOf('confidence');
  const variability = meanOf('variability');
  const { regions, overlaps } = regionsOf(confidence ?? loss.map((value) => -value), variability, share);
  const rows = joined.ids.map((_, i) => i).filter((i) => seen.known[i] > 0);
  const names = namesOf(logs, joined);
  const labels = names && names.map((own) => own.join(', ') || 'no label');
  const learnedIn = measured.get('firstLearned')?.known ?? null;
  const { mean: forgotten } = overRuns(
    joined,
    examples.map((run) => run.forgotten),
  );
  const warnings = collectWarnings();
  const lacks = task !== 'regression' && !(measured.has('aum') && measured.has('el2n'));
  warn(warnings, logs, joined, seen.mean, lacks);
  const shareOf = (holds: (row: number, learned: ArrayLike<number>) => boolean) =>
    learnedIn && countedShare(rows, (row) => holds(row, learnedIn));
  const learnt = {
    ...{ name, task, n: joined.ids.length, runs: logs.length },
    seeds: logs.map(({ seed }) => seed),
    epochs: logs.map(epochsDone),
    ...{ ids: joined.ids, labels, seenIn: seen.known, presentations: seen.mean },
    loss,
    lossSpread: meanOf('lossSpread')!,
    ...{ confidence, variability, learnedIn },
    correctness: meanOf('correctness'),
    forgetting: meanOf('forgetting'),
    firstLearned: meanOf('firstLearned'),
    aum: meanOf('aum'),
    el2n: meanOf('el2n'),
    ...{ regions, share, overlaps },
    neverLearned: shareOf((row, learned) => learned[row] === 0),
    forgotten: shareOf((row) => forgotten[row] > 0),
    unforgettable: shareOf((row, learned) => learned[row] === seen.known[row] && !(forgotten[row] > 0)),
    classes:
      names && confidence && learnedIn
        ? classDynamics(classes, names, rows, { confidence, learnedIn, regions })
        : null,
    spreadOverRuns:
      logs.length > 1 ? Object.fromEntries([...measured].map(([key, { sd }]) => [key, sd])) : null,
    warnings: warnings.list(),
  };
  return asResult({ kind: 'training-dynamics' as const, ...learnt, ...dynamicsCards(FN, learnt, options) });
}
