import type { BuildModel } from '../../src/build/build-model';
import { fit } from '../../src/build/fit';
import type { Run } from '../../src/build/run';
import { rankCauses, type CauseWeights } from '../../src/confirm/causes';
import { confirmFinding, type Confirmable } from '../../src/confirm/confirm-finding';
import type { LiveRun } from '../../src/confirm/live-run';
import { plannedExperiment } from '../../src/confirm/planned-experiment';
import { onProgress } from '../../src/core/progress';
import { blobs, tensors } from '../build/helpers';

const build: BuildModel = ({ tf, inputShape, units }) =>
  tf.sequential({
    layers: [
      tf.layers.dense({ inputShape, units: 10, activation: 'relu' }),
      tf.layers.dense({ units, activation: 'softmax' }),
    ],
  });

const finding = (causes: CauseWeights, more: Partial<Confirmable> = {}): Confirmable => ({
  check: 'a-check',
  code: 'a-code',
  message: 'Something looks strange.',
  causes: rankCauses(causes),
  ...more,
});

const tooHigh = finding({ 'learning-rate-too-high': 4, 'inputs-not-scaled': 1, 'labels-without-signal': 1 });

describe('confirmFinding', () => {
  let run: Run;

  beforeAll(async () => {
    const options = { validation: blobs(90, 3, 2), epochs: 12, learningRate: 10, seed: 1, live: false };
    run = await fit(build, blobs(150), options);
  });

  afterAll(() => run.dispose());

  const live = (change: Partial<LiveRun>): LiveRun => {
    const { log, model, train, validation, options } = run;
    return { kind: 'run', log, model, train, validation, build, options, ...change };
  };

  it('runs the one experiment that it planned, and tells what was learnt with the numbers', async () => {
    const before = await tensors();
    const planned = plannedExperiment(run, tooHigh)!;
    const result = await confirmFinding(run, tooHigh, null, {}, () => false);
    expect(result.experiments).toEqual([planned.id]);
    expect(planned.id).toBe('learning-rate-lower');
    expect(planned.title).toBe('with the learning rate × 0.0001');
    expect(result.cause).toBe('learning-rate-too-high');
    expect(result.verdict).toBe('confirmed');
    const [step] = result.steps!;
    expect(step.observations).toEqual([{ question: 'Does a lower learning rate help?', seen: true }]);
    expect(step.message).toMatch(
      /^With the learning rate × 0\.0001 the training loss ends at [\d.]+ instead of [\d.]+, and what looked strange is gone: the learning rate is too high for this model and these inputs \(weight 67 % → \d\d %\)\.$/,
    );
    // The cause stands before: it is not said twice.
    expect(result.message).toContain(step.message.replace(/: the learning rate is .* inputs \(/, ' ('));
    expect(step.estimate).toBe(planned.seconds);
    expect(result.estimate!.seconds).toBe(planned.seconds);
    expect(step.causes).toEqual(result.causes);
    expect(result.arms.map(({ id }) => id)).toEqual(['as-is', 'learning-rate-lower']);
    expect(JSON.parse(JSON.stringify(result)).steps).toHaveLength(1);
    expect(await tensors()).toBe(before);
  });

  it('gives the same for the same seed, and takes another one', async () => {
    const once = async (seed: number): Promise<unknown> =>
      (await confirmFinding(run, tooHigh, null, { seed })).arms[1].losses;
    expect(await once(1)).toEqual(await once(1));
    expect(await once(1)).not.toEqual(await once(2));
  });

  it('takes the cause that was to be removed down where nothing changes', async () => {
    const wrong = finding({ 'trained-too-short': 2, 'difficulty-misjudged': 1 });
    const result = await confirmFinding(run, wrong, null, {}, () => true);
    expect(result.causes[0].id).toBe('difficulty-misjudged');
    expect(result.steps![0].message).toContain('speaks against this: training ended before');
  });

  it('says that it may be something else where a sure cause is taken away in vain', async () => {
    const sure = finding({ 'learning-rate-too-low': 1 });
    const result = await confirmFinding(run, sure, null, {}, () => true);
    expect(result.experiments).toEqual(['learning-rate-higher']);
    expect(result.causes.map(({ id }) => id)).toContain('something-else');
    expect(result.cause).toBeNull();
  });

  it('goes on until one cause has the weight, each experiment once', async () => {
    const many = finding({
      'trained-too-short': 3,
      'learning-rate-too-low': 2,
      'labels-without-signal': 2,
      'learning-rate-too-high': 2,
    });
    const result = await confirmFinding(run, many, null, { until: 0.9, budget: 60 });
    expect(result.causes[0].id).toBe('learning-rate-too-high');
    expect(result.causes[0].weight).toBeGreaterThanOrEqual(0.9);
    expect(new Set(result.experiments).size).toBe(result.experiments!.length);
    expect(result.steps!.slice(0, -1).every(({ causes }) => causes[0].weight < 0.9)).toBe(true);
  });

  it('begins nothing that the budget does not allow for', async () => {
    const result = await confirmFinding(run, tooHigh, null, { until: 0.9, budget: 0 });
    expect([result.experiment, result.verdict, result.experiments]).toEqual(['none', 'cannot-tell', []]);
    expect(result.causes).toEqual(tooHigh.causes);
  });

  it('says what it does and what it takes', async () => {
    const labels: string[] = [];
    const off = onProgress(({ phase, label }) => void (phase === 'start' && labels.push(label)));
    await confirmFinding(run, tooHigh, null);
    off();
    expect(labels[0]).toMatch(/^training with the learning rate × 0\.0001: about [\d.]+ s$/);
  });

  it('keeps what was done when it is aborted', async () => {
    const aborter = new AbortController();
    let starts = 0;
    const off = onProgress(({ phase, label }) => {
      if (phase === 'start' && label.includes('about') && ++starts === 2) aborter.abort();
    });
    const many = finding({
      'difficulty-misjudged': 1,
      'already-trained': 1,
      'trained-too-short': 1,
      'learning-rate-too-low': 1,
    });
    const result = await confirmFinding(run, many, null, { until: 1, signal: aborter.signal });
    off();
    expect(result.verdict).toBe('aborted');
    expect(result.steps).toHaveLength(1);
    expect(result.causes).toEqual(result.steps![0].causes);
    expect(result.message).toMatch(/^Stopped after 1 experiment\. /);
  });

  it('goes to the next experiment where one cannot be run after all', async () => {
    let calls = 0;
    const moody: BuildModel = (context) => {
      if (++calls === 1) throw new Error('not today');
      return build(context);
    };
    const result = await confirmFinding(live({ build: moody }), tooHigh, null, {});
    expect(result.experiments).toHaveLength(1);
    expect(result.experiments).not.toEqual(['learning-rate-lower']);
    const never: BuildModel = () => {
      throw new Error('never');
    };
    await expect(confirmFinding(live({ build: never }), tooHigh, null)).rejects.toThrow('never');
  });

  it('refuses what it cannot use', async () => {
    await expect(confirmFinding(null, tooHigh, null)).rejects.toMatchObject({
      code: 'missing',
      param: 'run',
    });
    await expect(confirmFinding(live({ build: {} }), tooHigh, null)).rejects.toMatchObject({
      param: 'run.build',
    });
    await expect(confirmFinding(live({ train: undefined }), tooHigh, null)).rejects.toMatchObject({
      param: 'run.train',
    });
    await expect(confirmFinding(run, tooHigh, null, { until: 2 })).rejects.toMatchObject({ param: 'until' });
    await expect(confirmFinding(run, tooHigh, null, { budget: -1 })).rejects.toMatchObject({
      param: 'budget',
    });
    await expect(confirmFinding(run, tooHigh, null, { untill: 0.9 } as object)).rejects.toMatchObject({
      code: 'unknown-option',
    });
  });

  it('says that nothing tells causes apart that no experiment knows', async () => {
    const unknown = finding({ 'difficulty-misjudged': 1, 'already-trained': 1 });
    expect(plannedExperiment(run, unknown)).toBeNull();
    const result = await confirmFinding(run, unknown, null);
    expect(result.message).toBe('No experiment tells these causes apart here.');
    expect(plannedExperiment(null, tooHigh)).toBeNull();
  });
});
