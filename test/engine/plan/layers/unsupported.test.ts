import * as tf from '@tensorflow/tfjs';
import { graphOf } from '../../../../src/engine/plan/graph';
import { LAYER_RULES } from '../../../../src/engine/plan/layers';
import { LAID_OPEN, UNSUPPORTED } from '../../../../src/engine/plan/layers/unsupported';
import { planLoss } from '../../../../src/engine/plan/losses';
import { planOptimizer } from '../../../../src/engine/plan/optimizers';
import { compilePlan } from '../../../../src/engine/plan/plan';

/** Class names of all layers of TensorFlow.js. */
function layerClasses(): string[] {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  return Object.keys(classNameMap).filter((name) => {
    const type = classNameMap[name][0] as unknown as { prototype: unknown };
    return type.prototype instanceof tf.layers.Layer;
  });
}

function compile(layers: tf.layers.Layer[]): unknown {
  const model = tf.sequential({ layers });
  return compilePlan({
    graph: graphOf(model),
    losses: [planLoss('meanSquaredError')],
    optimizer: planOptimizer(tf.train.sgd(0.1)),
    batch: 4,
    threads: 1,
  });
}

it('layers that have a rule, that have none and that are laid open are all of TensorFlow.js, and none twice', () => {
  const listed = [LAYER_RULES, UNSUPPORTED, LAID_OPEN].flatMap((list) =>
    list.flatMap(({ classes }) => [...classes]),
  );
  expect([...listed].sort()).toEqual(layerClasses().sort());
});

it('says why a model with such a layer has no plan', () => {
  expect(() => compile([tf.layers.conv3d({ inputShape: [4, 4, 4, 1], filters: 2, kernelSize: 2 })])).toThrow(
    /class Conv3D have no rule: values have three sides at most|more than three sides/,
  );
  expect(() =>
    compile([
      tf.layers.dense({ inputShape: [4, 4, 2], units: 2 }),
      tf.layers.resizing({ height: 2, width: 2 }),
    ]),
  ).toThrow('layers of class Resizing have no rule: it prepares data');
});
