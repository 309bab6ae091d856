import { anySignal } from '../core/any-signal';
import { currentHost } from '../core/host';
import { InputError } from '../core/input-error';
import { startProgress } from '../core/progress';
import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import type { Dataset } from '../data/types';
import { breather } from '../engine/train/breathe';
import { allowanceOf, type Allowance } from './baselines/budget';
import { baselineOf, climb, LEVEL, metricFacts, type Climbed } from './baselines/climb';
import { behind, bestOf, betterByLoss } from './baselines/compare';
import { humanGap } from './baselines/human-gap';
import { makeInputs, sizesOf } from './baselines/inputs';
import { messageOf } from './baselines/message';
import { planLadder, rungsFor, type PlannedLadder } from './baselines/options';
import type { Rung, Sizes } from './baselines/rung';
import type { BaselineName, Baselines, BaselinesOptions } from './baselines/types';
import { checkDatasets } from './check-datasets';
import { preparingWarnings } from './prepare-sets';

const FN = 'baselines';

/** What is known of a ladder so far. */
interface Growing {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly planned: PlannedLadder;
  readonly climbed: Climbed[];
  readonly skipped: { readonly model: BaselineName; readonly reason: string }[];
  pending: readonly BaselineName[];
}

/** What a model may train on; where there is one class only, nothing can be learnt. */
function allowanceFor(rung: Rung, { task, classes, n }: Dataset, sizes: Sizes, seconds: number): Allowance {
  if (task === 'classification' && classes.length < 2 && !rung.trivial)
    return { reason: 'there is one class only' };
  return allowanceOf(rung, n, sizes, seconds);
}

/** The ladder as far as it has grown. */
function ladderOf(
  { train, validation, planned, climbed, skipped, pending }: Growing,
  seconds: number,
  stopped: Baselines['stopped'],
  more: Baselines['warnings'],
): Baselines {
  const warnings = collectWarnings();
  more.forEach(({ code, message, count }) => warnings.add(code, message, count));
  for (const { warning, row } of climbed) if (warning) warnings.add(`degraded ${row.model}`, warning);
  const at = bestOf(climbed);
  const rows = climbed.map((one, i) => baselineOf(one, at < 0 || i === at ? null : behind(climbed[at], one)));
  const good = rows.findIndex(({ behindBest, score }, i) =>
    i === at ? true : !Number.isNaN(score) && behindBest !== null && !behindBest.clearlyWorse,
  );
  const human = good < 0 ? null : humanGap(planned.humanLevel, climbed[good], warnings);
  const parts = {
    rows,
    best: rows[at]?.model ?? null,
    simplestGood: rows[good]?.model ?? null,
    human,
    betterByLoss: good >= 0 && rows[good].trivial ? betterByLoss(climbed) : null,
    ...metricFacts(train),
    n: validation.n,
  };
  const rowOf = (param: string, model: BaselineName | null): (typeof rows)[number] => {
    const found = rows.find((row) => row.model === model);
    if (found) return found;
    throw new InputError({
      code: 'not-found',
      fn: `${FN}().${param}`,
      param: 'model',
      expected: `be one of those that were trained: ${rows.map((row) => `"${row.model}"`).join(', ') || 'none was'}`,
      received: model,
    });
  };
  return asResult(
    {
      kind: 'baselines' as const,
      name: train.name,
      task: train.task,
      ...metricFacts(train),
      n: validation.n,
      trainN: train.n,
      level: LEVEL,
      rows,
      skipped: [...skipped],
      pending,
      best: parts.best,
      simplestGood: parts.simplestGood,
      human,
      betterByLoss: parts.betterByLoss,
      message: messageOf(parts),
      seeds: planned.seeds,
      budget: planned.seconds,
      seconds,
      stopped,
      warnings: warnings.list(),
    },
    {
      goal: (model: BaselineName | null = parts.simplestGood) => {
        const { metric, score, model: name } = rowOf('goal', model);
        return { metric, value: score, source: name };
      },
      predictions: (model: BaselineName | null = parts.simplestGood) =>
        rowOf('predictions', model).predictions,
    },
  );
}

/**
 * Returns a ladder of usual models, from always the same answer to a small network, each trained in seconds and judged on the
 * same validation examples: what a model of your own must beat, and the simplest that does about as well as the best. In a
 * notebook the table grows while it trains.
 *
 * Raw columns are prepared and dense features standardised as `prepare` does it, on the training examples alone; no model
 * chooses anything by the validation examples. Only "which is the best" is read off them, so the best score of many is a
 * little too good. A model counts as worse where the whole 95 % interval of the paired difference says so: with few
 * validation examples hardly any does.
 *
 * Logistic regression has C = 1 and ridge regression its α by generalised cross-validation; boosted trees have 100 rounds at
 * 0.1 and 31 leaves; networks train with Adam for as many epochs as a held-back fifth of the training data finds best.
 *
 * @param train N examples to learn from
 * @param validation examples to judge by, of the same features and classes
 * @returns rows from the simplest on; when aborted, those that were done
 * @throws InputError naming what cannot be used; nothing has been trained then
 * @example
 * const { train, validation } = splitDataset(datasets.iris(), { validation: 0.4 });
 * const ladder = await baselines(train, validation, { models: ['majority class', 'logistic regression'] });
 * ladder.simplestGood // => 'logistic regression'
 * ladder.goal('majority class').metric // => 'accuracy'
 * @see Trevor Hastie, Robert Tibshirani & Jerome Friedman, "The elements of statistical learning", 2009
 */
export async function baselines(
  train: Dataset,
  validation: Dataset,
  options: BaselinesOptions = {},
): Promise<Baselines> {
  const planned = planLadder(FN, options);
  checkDatasets(FN, train, validation);
  if (!validation) {
    throw new InputError({
      code: 'missing',
      fn: FN,
      param: 'validation',
      expected: 'be a Dataset to judge by',
      mend: 'Split one off with splitDataset.',
    });
  }
  const begun = performance.now();
  const inputs = makeInputs(FN, train, validation, options.prepare);
  const rungs = rungsFor(FN, train.task, inputs.kind, options.models);
  const sizes = sizesOf(inputs, planned.seeds.length);
  const warnings = preparingWarnings(inputs);
  const { signal, release } = anySignal([options.signal, currentHost()?.interruptSignal()]);
  const breathe = breather();
  const pause = async (): Promise<boolean> => {
    await breathe();
    return signal.aborted;
  };
  const growing: Growing = { train, validation, planned, climbed: [], skipped: [], pending: [] };
  const now = (): Baselines => {
    const stopped = signal.aborted ? 'aborted' : 'completed';
    return ladderOf(growing, (performance.now() - begun) / 1000, stopped, warnings);
  };
  growing.pending = rungs.map(({ name }) => name);
  const detail = { live: options.live ?? true, snapshot: now };
  const work = { label: 'baselines', total: rungs.length, unit: 'model', detail };
  const progress = startProgress(work, options.onProgress);
  let weights = rungs.reduce((sum, { weight }) => sum + weight, 0);
  let left = planned.seconds;
  let done = 0;
  try {
    for (const rung of rungs) {
      if (await pause()) break;
      const seconds = weights > 0 ? (left * rung.weight) / weights : 0;
      const allowance = allowanceFor(rung, train, sizes, seconds);
      weights -= rung.weight;
      if ('reason' in allowance) growing.skipped.push({ model: rung.name, reason: allowance.reason });
      else {
        try {
          const job = { sizes, seeds: planned.seeds, seconds, signal, pause };
          left -= allowance.expected;
          const climbed = await climb(FN, rung, inputs, allowance.n, job);
          if (!climbed) break;
          growing.climbed.push(climbed);
        } catch (error) {
          if (error instanceof InputError) throw error;
          const reason = `it failed: ${error instanceof Error ? error.message : String(error)}`;
          growing.skipped.push({ model: rung.name, reason });
        }
      }
      growing.pending = rungs.slice(++done).map(({ name }) => name);
      const last = growing.climbed.at(-1);
      progress.update(done, last && { [last.row.metric]: last.row.score });
    }
    return now();
  } finally {
    progress.end(done);
    release();
  }
}
