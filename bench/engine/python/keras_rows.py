"""Rows in Keras on TensorFlow: the compiled training function that `fit` calls for each step."""

import keras
import tensorflow as tf

KINDS = {
    "dense": keras.layers.Dense,
    "conv1d": keras.layers.Conv1D,
    "conv2d": keras.layers.Conv2D,
    "separableConv2d": keras.layers.SeparableConv2D,
    "batchNormalization": keras.layers.BatchNormalization,
    "maxPooling1d": keras.layers.MaxPooling1D,
    "maxPooling2d": keras.layers.MaxPooling2D,
    "globalAveragePooling1d": keras.layers.GlobalAveragePooling1D,
    "globalAveragePooling2d": keras.layers.GlobalAveragePooling2D,
    "flatten": keras.layers.Flatten,
    "dropout": keras.layers.Dropout,
    "embedding": keras.layers.Embedding,
    "lstm": keras.layers.LSTM,
    "gru": keras.layers.GRU,
}


def snake(name):
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def build(row, dropout):
    layers = []
    for name, kind, args in row.layers:
        args = {snake(key): value for key, value in args.items()}
        if kind == "dropout" and not dropout:
            args["rate"] = 0
        if kind == "gru":
            args["reset_after"] = False
        layers.append(KINDS[kind](name=name, **args))
    model = keras.Sequential([keras.Input(row.input, dtype="int32" if row.tokens else "float32"), *layers])
    for layer in model.layers:
        if layer.name in row.weights:
            layer.set_weights(row.weights[layer.name])
    model.compile(optimizer=keras.optimizers.Adam(1e-3, epsilon=1e-7), loss="categorical_crossentropy")
    return model


class Trainer:
    def __init__(self, row, dropout=True):
        self.row = row
        self.model = build(row, dropout)
        x = row.x.astype("int32") if row.tokens else row.x
        if row.infer:
            self.x = tf.constant(x)
            self.forward = tf.function(lambda batch: self.model(batch, training=False))
        else:
            # Batches that lie ready in memory, as they do for the others.
            batches = tf.data.Dataset.from_tensor_slices((x, row.y)).batch(row.batch, drop_remainder=True)
            self.batches = iter(batches.cache().repeat().prefetch(4))
            self.model.make_train_function()
        self.path = f"Keras {keras.__version__}, TensorFlow {tf.__version__}"

    def step(self):
        return self.model.train_function(self.batches)

    def predict(self):
        return self.forward(self.x).numpy()

    def run(self, count):
        for _ in range(count):
            last = self.predict() if self.row.infer else self.step()
        if not self.row.infer:
            float(last["loss"])


class Keras:
    def prepare(self, row, checks):
        twin = Trainer(row, dropout=False)
        if row.infer:
            first = twin.predict().ravel()[:checks]
        else:
            # The logs hold the mean over the steps so far.
            means = [float(twin.step()["loss"]) for _ in range(checks)]
            first = [means[i] * (i + 1) - (means[i - 1] * i if i else 0) for i in range(checks)]
        trainer = Trainer(row)
        trainer.run(3)
        trainer.first = first
        return trainer


def load(kind):
    keras.utils.set_random_seed(1)
    return Keras()
