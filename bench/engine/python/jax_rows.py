"""Rows in JAX: one jitted function makes the whole step, its state donated."""

from functools import partial

import jax
from jax import lax
from jax import numpy as jnp


def activate(name, x):
    return jax.nn.relu(x) if name == "relu" else x


def convolve(x, kernel, padding, groups=1):
    sides = ("NHWC", "HWIO", "NHWC") if kernel.ndim == 4 else ("NWC", "WIO", "NWC")
    ones = (1,) * (kernel.ndim - 2)
    return lax.conv_general_dilated(x, kernel, ones, padding, dimension_numbers=sides, feature_group_count=groups)


def pool(x, size):
    window = (1, *[size] * (x.ndim - 2), 1)
    return lax.reduce_window(x, -jnp.inf, lax.max, window, window, "VALID")


def recurrent(kind, weights, x):
    kernel, again, bias = weights
    fed = jnp.swapaxes(x @ kernel + bias, 0, 1)
    units = again.shape[0]
    zero = jnp.zeros((x.shape[0], units))

    def lstm(state, z):
        h, c = state
        i, f, g, o = jnp.split(z + h @ again, 4, -1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), None

    def gru(state, z):
        (h,) = state
        gates = jax.nn.sigmoid(z[:, : 2 * units] + h @ again[:, : 2 * units])
        update, reset = jnp.split(gates, 2, -1)
        new = jnp.tanh(z[:, 2 * units :] + (reset * h) @ again[:, 2 * units :])
        return (update * h + (1 - update) * new,), None

    state = (zero, zero) if kind == "lstm" else (zero,)
    (h, *_), _ = lax.scan(lstm if kind == "lstm" else gru, state, fed)
    return h


def forward(layers, dropout, training, weights, x, key):
    """Returns the logits, and the moving statistics as they are after the batch."""
    moved = {}
    for name, kind, args in layers:
        w = weights.get(name, [])
        if kind == "dense":
            x = x @ w[0] + w[1]
        elif kind in ("conv1d", "conv2d"):
            x = convolve(x, w[0], args.get("padding", "valid").upper()) + w[1]
        elif kind == "separableConv2d":
            depthwise = w[0].reshape(*w[0].shape[:2], 1, -1)
            x = convolve(convolve(x, depthwise, "VALID", x.shape[-1]), w[1], "VALID") + w[2]
        elif kind in ("maxPooling1d", "maxPooling2d"):
            x = pool(x, args["poolSize"])
        elif kind == "batchNormalization":
            mean, variance = x.mean((0, 1, 2)), x.var((0, 1, 2))
            moved[name] = [*w[:2], 0.99 * w[2] + 0.01 * mean, 0.99 * w[3] + 0.01 * variance]
            x = (x - mean) * lax.rsqrt(variance + 1e-3) * w[0] + w[1]
        elif kind == "flatten":
            x = x.reshape(x.shape[0], -1)
        elif kind == "dropout" and dropout and training:
            kept = jax.random.bernoulli(key, 1 - args["rate"], x.shape)
            x = jnp.where(kept, x / (1 - args["rate"]), 0)
        elif kind == "embedding":
            x = w[0][x]
        elif kind in ("globalAveragePooling1d", "globalAveragePooling2d"):
            x = x.mean(tuple(range(1, x.ndim - 1)))
        elif kind in ("lstm", "gru"):
            x = recurrent(kind, w, x)
        x = activate(args.get("activation"), x)
    return x, moved


def adam(weights, gradients, first, second, t):
    tree = jax.tree_util.tree_map
    first = tree(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
    second = tree(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradients)
    a, b = 1 / (1 - 0.9**t), 1 / (1 - 0.999**t)
    moved = tree(lambda w, m, v: w - 1e-3 * m * a / (jnp.sqrt(v * b) + 1e-7), weights, first, second)
    return moved, first, second


class Trainer:
    def __init__(self, row, dropout=True):
        self.row = row
        layers = row.layers
        self.x = [jnp.asarray(row.x[i * row.batch : (i + 1) * row.batch]) for i in range(row.batches)]
        self.y = [jnp.asarray(row.y[i * row.batch : (i + 1) * row.batch]) for i in range(row.batches)]
        weights = {name: [jnp.array(w) for w in all] for name, all in row.weights.items()}
        zeros = jax.tree_util.tree_map(jnp.zeros_like, weights)
        more = jax.tree_util.tree_map(jnp.zeros_like, weights)
        self.state = (weights, zeros, more, jnp.float32(0), jax.random.key(1))

        def loss_of(weights, x, y, key):
            logits, moved = forward(layers, dropout, True, weights, x, key)
            return -(jax.nn.log_softmax(logits) * y).sum(-1).mean(), moved

        @partial(jax.jit, donate_argnums=0)
        def step(state, x, y):
            weights, first, second, t, key = state
            key, own = jax.random.split(key)
            (loss, moved), gradients = jax.value_and_grad(loss_of, has_aux=True)(weights, x, y, own)
            weights, first, second = adam(weights, gradients, first, second, t + 1)
            for name, all in moved.items():
                weights[name] = [*weights[name][:2], *all[2:]]
            return (weights, first, second, t + 1, key), loss

        self.jitted = step
        self.call = jax.jit(lambda weights, x: jax.nn.softmax(forward(layers, False, False, weights, x, None)[0]))
        self.steps = 0
        self.path = f"jit on {jax.devices()[0].platform}"

    def step(self):
        i = self.steps % len(self.x)
        self.steps += 1
        self.state, loss = self.jitted(self.state, self.x[i], self.y[i])
        return loss

    def predict(self):
        return jax.device_get(self.call(self.state[0], self.x[0]))

    def run(self, count):
        for _ in range(count):
            last = self.predict() if self.row.infer else self.step()
        jax.block_until_ready(last)


class Jax:
    def prepare(self, row, checks):
        twin = Trainer(row, dropout=False)
        first = twin.predict().ravel()[:checks] if row.infer else [float(twin.step()) for _ in range(checks)]
        trainer = Trainer(row)
        trainer.run(3)
        trainer.first = first
        return trainer


def load(kind):
    return Jax()
