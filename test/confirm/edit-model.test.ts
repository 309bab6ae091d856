import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import type { BuildContext, BuildModel } from '../../src/build/build-model';
import { editedBuild, formsOf, whyNotRebuilt, type ModelEdit } from '../../src/build/edit-model';
import { readyModel } from '../../src/build/build-model';
import { fit } from '../../src/build/fit';
import { random } from '../../src/core/random';
import { useEngine } from '../../src/engine/use-engine';
import { blobs, tensors, weightsOf } from '../build/helpers';

const data = blobs(60);

const chain: BuildModel = ({ tf, inputShape, units }) =>
  tf.sequential({
    layers: [
      tf.layers.dropout({ inputShape, rate: 0.2, name: 'first' }),
      tf.layers.dense({ units: 8, activation: 'tanh', name: 'hidden' }),
      tf.layers.batchNormalization({ name: 'norm' }),
      tf.layers.dense({ units, activation: 'softmax', name: 'end' }),
    ],
  });

/** Two branches that are added up again. */
const graph: BuildModel = ({ tf, inputShape, units }) => {
  const input = tf.input({ shape: inputShape, name: 'input' });
  const hidden = tf.layers.dense({ units: 6, activation: 'tanh', name: 'hidden' }).apply(input) as never;
  const dropped = tf.layers.dropout({ rate: 0.5, name: 'drop' }).apply(hidden) as never;
  const sum = tf.layers.add({ name: 'sum' }).apply([hidden, dropped]) as never;
  const end = tf.layers.dense({ units, activation: 'softmax', name: 'end' }).apply(sum);
  return tf.model({ inputs: input, outputs: end as never });
};

const same: ModelEdit = (layer) => [layer];
const without =
  (type: string): ModelEdit =>
  (layer) =>
    layer.type === type ? [] : [layer];

async function built(build: BuildModel, seed = 3): Promise<LayersModel> {
  const { tf } = await useEngine();
  return readyModel('test', tf, build, data, random(seed).fork('weights')).model;
}

describe('editedBuild', () => {
  it.each([
    ['a chain', chain],
    ['a graph', graph],
  ])('leaves the weights of %s as the seed gives them, and no tensors behind', async (_, build) => {
    const before = await tensors();
    const [plain, again] = [await built(build), await built(editedBuild(build, same))];
    expect(weightsOf(again)).toEqual(weightsOf(plain));
    expect(formsOf(again)).toEqual(formsOf(plain));
    expect(again.getClassName()).toBe(plain.getClassName());
    plain.dispose();
    again.dispose();
    expect(await tensors()).toBe(before);
  });

  it('takes layers out of a chain, the first one too', async () => {
    const made = await built(editedBuild(chain, without('Dropout')));
    const plain = await built(chain);
    expect(made.layers.map(({ name }) => name)).toEqual(['hidden', 'norm', 'end']);
    expect(weightsOf(made)).toEqual(weightsOf(plain));
    made.dispose();
    plain.dispose();
  });

  it('takes layers out of a graph', async () => {
    const made = await built(editedBuild(graph, without('Dropout')));
    expect(made.layers.map(({ name }) => name).sort()).toEqual(['end', 'hidden', 'input', 'sum']);
    // Dropout does nothing in use, so that both say the same of an example.
    const { tf } = await useEngine();
    const plain = await built(graph);
    const said = (model: LayersModel): number[] =>
      tf.tidy(() => Array.from((model.predict(tf.tensor2d([[1, -2]])) as Tensor).dataSync()));
    expect(said(made)).toEqual(said(plain));
    plain.dispose();
    made.dispose();
  });

  it('draws new weights by the seed where a layer changes, and only there', async () => {
    const wider: ModelEdit = (layer) =>
      layer.config.name === 'hidden' ? [{ ...layer, config: { ...layer.config, units: 20 } }] : [layer];
    const [a, b, other] = [
      await built(editedBuild(chain, wider)),
      await built(editedBuild(chain, wider)),
      await built(editedBuild(chain, wider), 4),
    ];
    expect(a.getLayer('hidden').outputShape).toEqual([null, 20]);
    expect(weightsOf(a)).toEqual(weightsOf(b));
    expect(weightsOf(a)).not.toEqual(weightsOf(other));
    [a, b, other].forEach((model) => model.dispose());
  });

  it('draws anew where it is told to', async () => {
    const redrawn: ModelEdit = (layer) =>
      layer.config.name === 'end' ? [{ ...layer, redraw: true }] : [layer];
    const [made, plain] = [await built(editedBuild(chain, redrawn)), await built(chain)];
    const of = (model: LayersModel, name: string): number[] =>
      Array.from(model.getLayer(name).getWeights()[0].dataSync());
    expect(of(made, 'hidden')).toEqual(of(plain, 'hidden'));
    expect(of(made, 'end')).not.toEqual(of(plain, 'end'));
    made.dispose();
    plain.dispose();
  });

  it('puts layers in, in a chain and in front of all others', async () => {
    const deeper: ModelEdit = (layer, i) =>
      i === 0
        ? [
            {
              type: 'Dense',
              weighted: true,
              config: { units: 5, activation: 'relu', batchInputShape: layer.config.batchInputShape },
            },
            layer,
          ]
        : [layer];
    const made = await built(editedBuild(chain, deeper));
    expect(made.layers.map((layer) => layer.getClassName())).toEqual([
      'Dense',
      'Dropout',
      'Dense',
      'BatchNormalization',
      'Dense',
    ]);
    made.dispose();
  });

  it('trains to the same log as the model itself where nothing is edited', async () => {
    const options = { epochs: 3, live: false, seed: 5 };
    const before = await tensors();
    const [a, b] = [await fit(chain, data, options), await fit(editedBuild(chain, same), data, options)];
    expect(b.log.epochs).toEqual(a.log.epochs);
    a.dispose();
    b.dispose();
    expect(await tensors()).toBe(before);
  });
});

describe('whyNotRebuilt', () => {
  it('says which layer of one’s own keeps something that its config does not tell', async () => {
    const { tf } = await useEngine();
    class Times extends tf.layers.Layer {
      static className = 'Times';
      protected readonly factor: number;
      constructor(given: { factor?: number; name?: string }) {
        super(given);
        this.factor = given.factor ?? 1;
      }
      override call(inputs: Tensor): Tensor {
        return tf.mul(inputs, this.factor);
      }
    }
    class Told extends Times {
      static override className = 'Told';
      override getConfig(): ReturnType<Times['getConfig']> {
        return { ...super.getConfig(), factor: this.factor };
      }
    }
    const withLayer =
      (make: () => object) =>
      ({ tf: of, inputShape, units }: BuildContext): LayersModel =>
        of.sequential({
          layers: [
            of.layers.dense({ inputShape, units: 4 }),
            make() as never,
            of.layers.dense({ units, activation: 'softmax' }),
          ],
        });
    const models = [
      await built(withLayer(() => new Times({ factor: 2, name: 'times' }))),
      await built(withLayer(() => new Told({ factor: 2 }))),
      await built(chain),
    ];
    expect(models.map(whyNotRebuilt)).toEqual([
      'The layer times (Times) cannot be built again from its getConfig.',
      null,
      null,
    ]);
    models.forEach((model) => model.dispose());
  });
});
