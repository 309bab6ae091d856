import type { Loss } from '../losses';
import type { StepResult, TrainingSession } from '../training-session';
import {
  dynamicsOf,
  earlyEpochs,
  exampleSums,
  takesRatios,
  type PlainDynamics,
  type SumsSpec,
} from './example-sums';
import { meanEstimate, metricOf, scorer, shareEstimate } from './score';
import type { Scores, TrainingData } from './types';

/** Notes how the examples of the steps fare. */
export interface Judge {
  /** Judges the examples of the step that was done last: their places among those trained on, and their rows in the data. */
  step(epoch: number, places: Int32Array, rows: Int32Array, result: StepResult): void;
  /** What was judged since this was asked for last. */
  scores(): Scores;
  /** How each example fared. */
  dynamics(): PlainDynamics;
}

/** What is judged. */
export interface JudgeSpec {
  readonly session: Pick<TrainingSession, 'judge'>;
  readonly train: TrainingData;
  /** Rows that are trained on; all where null. */
  readonly subset: Int32Array | null;
  readonly loss: Loss;
  readonly units: number;
  /** Epochs that are planned. */
  readonly epochs: number;
}

/** Judges in JavaScript, by what a step returns. */
function plainJudge({ train, loss, units }: JudgeSpec, n: number, sums: SumsSpec): Judge {
  const { labels, targets } = train;
  const all = exampleSums(n, sums);
  let running = scorer(train, loss, units);
  return {
    step(epoch, places, rows, { outputs, losses }) {
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i];
        const label = labels[row];
        const judged = running.add(label, targets, row, outputs, i, losses?.[i]);
        all.add(places[i], epoch, judged, label, outputs, i, targets, row);
      }
    },
    scores() {
      const scores = running.scores();
      running = scorer(train, loss, units);
      return scores;
    },
    dynamics: () => all.dynamics(),
  };
}

/** Returns a judge: in the session's own memory where it can, which takes a third of the time. */
export function judgeOf(spec: JudgeSpec): Judge {
  const { session, train, subset, loss, units, epochs } = spec;
  const n = subset ? subset.length : train.n;
  const logits = /crossentropy$/i.test(loss.name);
  const sums: SumsSpec = { task: train.task, units, logits, epochs };
  const labels = (): Int32Array =>
    Int32Array.from({ length: n }, (_, place) => train.labels[subset ? subset[place] : place]);
  const own = takesRatios(sums) ? session.judge?.(labels()) : undefined;
  if (!own) return plainJudge(spec, n, sums);
  const [from, to] = earlyEpochs(epochs);
  return {
    step: (epoch, places) => own.step(places, epoch, epoch >= from && epoch <= to),
    scores() {
      const { n: judged, mean, squares, right } = own.takeRunning();
      const share = shareEstimate(judged, right);
      return { loss: meanEstimate(judged, mean, squares), metrics: { [metricOf(train)]: share } };
    },
    dynamics: () => dynamicsOf(n, own.store(), sums),
  };
}
