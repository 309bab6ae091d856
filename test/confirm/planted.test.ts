import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import type { BuildContext, BuildModel } from '../../src/build/build-model';
import { fit } from '../../src/build/fit';
import { rankCauses } from '../../src/confirm/causes';
import { EXPERIMENTS } from '../../src/confirm/experiments';
import type { LiveRun } from '../../src/confirm/live-run';
import { updateWithUnnamed } from '../../src/confirm/update-causes';
import { CASES, TRAIN, USUAL, type Planted, type Setup, type Spec } from './planted-cases';

/** A layer of one's own that takes the mean over the batch where it should be over the units. */
function centredOverTheBatch({ tf }: BuildContext): object {
  class Centred extends tf.layers.Layer {
    static className = 'CentredOverTheBatch';
    override computeOutputShape(shape: (number | null)[]): (number | null)[] {
      return shape;
    }
    override call(inputs: Tensor | Tensor[]): Tensor {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      return tf.sub(x, tf.mean(x, 0, true));
    }
  }
  return new Centred({});
}

/** Ten units of relu, and what is asked for. */
const network =
  ({ hidden = {}, deeper = 0, norm, dropout, end = {}, after, between }: Spec = {}): BuildModel =>
  (context) => {
    const { tf, inputShape, units, classes } = context;
    const dense = (more: object): object =>
      tf.layers.dense({ units: 10, activation: 'relu', ...hidden, ...more } as never);
    const layers = [
      ...(hidden ? [dense({ inputShape })] : []),
      ...Array.from({ length: deeper }, () => dense({})),
      ...(norm ? [tf.layers.batchNormalization(norm)] : []),
      ...(dropout ? [tf.layers.dropout({ rate: dropout })] : []),
      ...(between ? [between === 'mixing' ? centredOverTheBatch(context) : between(context)] : []),
      tf.layers.dense({
        units,
        activation: classes.length > 0 ? 'softmax' : 'linear',
        ...(hidden ? {} : { inputShape }),
        ...end,
      }),
      ...(after ? [after(context)] : []),
    ];
    return tf.sequential({ layers: layers as LayersModel['layers'] });
  };

/** Penalties and initial weights by name, as a spec of plain data cannot hold them. */
const named =
  (spec: Spec): BuildModel =>
  (context) => {
    const { tf } = context;
    const known: Readonly<Record<string, object>> = {
      l2: tf.regularizers.l2({ l2: 3 }) as unknown as object,
      strong: tf.regularizers.l2({ l2: 3 }) as unknown as object,
      weak: tf.regularizers.l2({ l2: 1e-7 }) as unknown as object,
      huge: tf.initializers.randomNormal({ mean: 0, stddev: 30 }),
    };
    const made = (part: object | null | undefined): object | null | undefined =>
      part &&
      Object.fromEntries(Object.entries(part).map(([key, value]) => [key, known[String(value)] ?? value]));
    return network({ ...spec, hidden: made(spec.hidden), end: made(spec.end) ?? {} })(context);
  };

/** Weights of the cause, before and after, beside two others. */
async function weighed({ experiment: id, cause, column: where }: Planted, setup: Setup): Promise<number> {
  const { spec = {}, train = TRAIN, options = USUAL, rejudge } = setup;
  const run = await fit(named(spec), train, { ...options, live: false, seed: 1 });
  try {
    const causes = rankCauses({ [cause]: 1, 'difficulty-misjudged': 1, 'already-trained': 1 });
    const { arms, observations } = await EXPERIMENTS.find((one) => one.id === id)!.run({
      run: run as LiveRun,
      finding: { check: 'a-check', code: 'a-code', message: 'A finding.', causes, where: { column: where } },
      ...{ slices: null, seed: 1, rejudge, onArm: () => undefined },
    });
    expect(observations).toHaveLength(1);
    expect(observations[0].told).toMatch(/^[A-Z].*\d/);
    if (id !== 'classes-realigned') expect(arms.length).toBeGreaterThan(0);
    return updateWithUnnamed(causes, observations).find((one) => one.id === cause)!.weight;
  } finally {
    run.dispose();
  }
}

describe('experiments', () => {
  it.each(CASES.map((one) => [one.experiment, one.cause, one] as const))(
    '%s speaks for %s where it was planted, and against it elsewhere',
    async (_experiment, _cause, one) => {
      expect(await weighed(one, one.planted)).toBeGreaterThan(0.45);
      expect(await weighed(one, one.control)).toBeLessThan(1 / 3);
    },
  );

  it('are all tried here or beside', () => {
    const elsewhere = ['overfit-one-batch', 'easiest-alone'];
    const all = [...CASES.map(({ experiment }) => experiment), ...elsewhere].sort();
    expect(EXPERIMENTS.map(({ id }) => id).sort()).toEqual(all);
  });

  it('name causes that there are, with probabilities between 0 and 1 that are neither', () => {
    for (const { id, outcomes } of EXPERIMENTS) {
      for (const { other, under } of outcomes) {
        const all = [other, ...Object.values(under)];
        expect([id, all.filter((p) => !(p > 0 && p < 1))]).toEqual([id, []]);
      }
    }
  });
});
