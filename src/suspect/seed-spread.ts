import { rankCauses } from '../confirm/causes';
import type { RunLog } from '../build/types';
import { falseAlarmRate, detectionRate } from './false-alarm-rate';
import type { CheckRun } from './run-check';
import { guessOf, skillByAccuracy, skillByLoss, type Skill } from './skill';
import { wordsFor } from './words';

const CHECK = 'seed-spread';
const TITLE = 'Spread over the seeds';
const QUESTION = 'Does the seed alone decide how good the model is?';
/** Difference in skill between the best and the worst seed, beyond luck, from which the seed is said to decide. */
const LEAST = 0.15;

/** Skill at the end, on validation where there is any. */
function finalSkill(log: RunLog): Skill {
  const last = log.epochs[log.epochs.length - 1];
  const scores = last?.validation ?? last?.train ?? null;
  const guess = guessOf(log);
  const byAccuracy = skillByAccuracy(scores, guess);
  return log.task === 'classification' && !Number.isNaN(byAccuracy.value)
    ? byAccuracy
    : skillByLoss(scores, guess);
}

/**
 * Returns what the runs of several seeds say together that none says alone: whether what is learnt depends on the seed. The
 * same examples judge all of them, so that the luck of which these are counts once.
 */
export function seedSpread(logs: readonly RunLog[]): CheckRun {
  const skills = logs
    .map((log) => ({ seed: log.seed, ...finalSkill(log) }))
    .filter(({ value }) => !Number.isNaN(value));
  const values = skills.map(({ value }) => value);
  const [best, worst] = [Math.max(...values), Math.min(...values)];
  const luck = 2 * Math.max(0, ...skills.map(({ error }) => error));
  const score = skills.length > 1 ? best - worst - luck : NaN;
  const measure = { bySeed: logs.map((log) => ({ seed: log.seed, ...finalSkill(log) })), best, worst, luck };
  const outcome = (status: 'found' | 'nothing-found' | 'cannot-tell', reason = ''): CheckRun['outcome'] => ({
    ...{ check: CHECK, title: TITLE, question: QUESTION, status, reason, measure },
    scores: Number.isNaN(score) ? {} : { 'seed-dependent': score },
  });
  if (Number.isNaN(score)) {
    return {
      outcome: outcome('cannot-tell', 'How good the runs are at the end is not known.'),
      findings: [],
    };
  }
  if (score < LEAST) return { outcome: outcome('nothing-found'), findings: [] };
  const told = {
    code: 'seed-dependent',
    where: {},
    evidence: {
      best,
      worst,
      runs: skills.length,
      bestSeed: skills[values.indexOf(best)].seed ?? 'unknown',
      worstSeed: skills[values.indexOf(worst)].seed ?? 'unknown',
    },
  };
  return {
    outcome: outcome('found'),
    findings: [
      {
        kind: 'finding',
        check: CHECK,
        ...told,
        severity: 'warning',
        score,
        threshold: LEAST,
        falseAlarmRate: falseAlarmRate(CHECK),
        detection: detectionRate(CHECK),
        references: [
          {
            author: 'Bouthillier et al.',
            title: 'Accounting for variance in machine learning benchmarks',
            year: 2021,
          },
        ],
        causes: rankCauses({
          'training-unstable': 0.5,
          'learning-rate-too-high': 0.3,
          'too-few-examples': 0.2,
        }),
        ...wordsFor(told),
      },
    ],
  };
}
