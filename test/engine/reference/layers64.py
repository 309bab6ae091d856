"""The layers of tfjs-layers in PyTorch float64, from their definitions: NHWC, TensorFlow's padding, Keras' gates."""

import math

import torch
from torch.nn import functional

ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": torch.relu,
    "relu6": lambda x: x.clamp(0, 6),
    "elu": functional.elu,
    "selu": functional.selu,
    "sigmoid": torch.sigmoid,
    "hardSigmoid": lambda x: (0.2 * x + 0.5).clamp(0, 1),
    "softplus": lambda x: torch.logaddexp(x, torch.zeros_like(x)),
    "softsign": functional.softsign,
    "tanh": torch.tanh,
    "swish": functional.silu,
    "mish": functional.mish,
    "gelu": functional.gelu,
    "gelu_new": lambda x: functional.gelu(x, approximate="tanh"),
    "softmax": lambda x: torch.softmax(x, -1),
}


def pair(value):
    return list(value) if isinstance(value, (list, tuple)) else [value, value]


def padding_of(size, kernel, stride, dilation, same):
    """TensorFlow's padding of one side: the smaller half before."""
    if not same:
        return 0, 0
    reach = (kernel - 1) * dilation + 1
    total = max((math.ceil(size / stride) - 1) * stride + reach - size, 0)
    return total // 2, total - total // 2


def padded(x, kernel, strides, dilations, same, value=0.0):
    """An N×C×H×W tensor with the padding that the windows need."""
    (top, bottom), (left, right) = (
        padding_of(x.shape[2 + i], kernel[i], strides[i], dilations[i], same) for i in (0, 1)
    )
    return functional.pad(x, (left, right, top, bottom), value=value)


def is_same(args):
    return args.get("padding", "valid") == "same"


def convolved(x, kernel, args, groups=1, dims=2):
    """x N×H×W×C, kernel H×W×C/groups×F."""
    sides = (lambda v: [1, v if not isinstance(v, list) else v[0]]) if dims == 1 else pair
    strides, dilations = sides(args.get("strides", 1)), sides(args.get("dilationRate", 1))
    x = padded(x.permute(0, 3, 1, 2), kernel.shape[:2], strides, dilations, is_same(args))
    y = functional.conv2d(
        x.contiguous(), kernel.permute(3, 2, 0, 1).contiguous(), stride=strides, dilation=dilations, groups=groups
    )
    return y.permute(0, 2, 3, 1)


def depthwise(x, kernel, args):
    """kernel H×W×C×M: output channel c·M + m."""
    h, w, c, m = kernel.shape
    return convolved(x, kernel.reshape(h, w, 1, c * m), args, groups=c)


def with_bias(y, weights, at, args):
    y = y + weights[at] if args.get("useBias", True) else y
    return ACTIVATIONS[args.get("activation", "linear")](y)


def pooled(x, args, kind, dims):
    """x N×H×W×C. The mean is over what is not padding."""
    sides = (lambda v: [1, v if not isinstance(v, list) else v[0]]) if dims == 1 else pair
    size = sides(args.get("poolSize", 2))
    strides = sides(args.get("strides") or args.get("poolSize", 2))
    x = x.permute(0, 3, 1, 2)
    ones = [1, 1]
    if kind == "max":
        y = functional.max_pool2d(padded(x, size, strides, ones, is_same(args), -math.inf), size, strides)
    else:
        window = size[0] * size[1]
        total = functional.avg_pool2d(padded(x, size, strides, ones, is_same(args)), size, strides) * window
        there = torch.ones_like(x)
        count = functional.avg_pool2d(padded(there, size, strides, ones, is_same(args)), size, strides) * window
        y = total / count.round()
    return y.permute(0, 2, 3, 1)


def recurrent(kind, x, weights, args, mask=None):
    """x N×T×C. Gates: i f c o (LSTM); z r h with the reset before the product (GRU)."""
    kernel, again, bias = weights[0], weights[1], weights[2] if args.get("useBias", True) else 0
    f = ACTIVATIONS[args.get("activation", "tanh")]
    g = ACTIVATIONS[args.get("recurrentActivation", "hardSigmoid")]
    units = args["units"]
    h = c = torch.zeros(x.shape[0], units, dtype=x.dtype)
    steps = range(x.shape[1])
    backwards = args.get("goBackwards", False)
    outputs = []
    for t in reversed(steps) if backwards else steps:
        fed = x[:, t] @ kernel + bias
        if kind == "lstm":
            i, forget, new, out = (fed + h @ again).split(units, 1)
            c_next = g(forget) * c + g(i) * f(new)
            h_next = g(out) * f(c_next)
        elif kind == "gru":
            u = 2 * units
            z, r = g(fed[:, :u] + h @ again[:, :u]).split(units, 1)
            new = f(fed[:, u:] + (r * h) @ again[:, u:])
            h_next = z * h + (1 - z) * new
            c_next = c
        else:
            h_next = f(fed + h @ again)
            c_next = c
        if mask is not None:
            there = mask[:, t : t + 1]
            h_next, c_next = torch.where(there, h_next, h), torch.where(there, c_next, c)
        h, c = h_next, c_next
        outputs.append(h)
    return torch.stack(outputs, 1) if args.get("returnSequences") else h


def batch_norm(x, weights, args):
    gamma, beta = weights[0], weights[1]
    over = tuple(range(x.ndim - 1))
    mean, variance = x.mean(over), x.var(over, unbiased=False)
    return (x - mean) / torch.sqrt(variance + args.get("epsilon", 1e-3)) * gamma + beta


def layer_norm(x, weights, args):
    mean, variance = x.mean(-1, keepdim=True), x.var(-1, unbiased=False, keepdim=True)
    return (x - mean) / torch.sqrt(variance + args.get("epsilon", 1e-3)) * weights[0] + weights[1]


def flat_image(x):
    """N×T×C as an image of one row."""
    return x[:, None]


def bidirectional(x, weights, args):
    kind, inner = args["layer"]
    half = len(weights) // 2
    ahead = recurrent(kind, x, weights[:half], inner)
    back = recurrent(kind, x, weights[half:], {**inner, "goBackwards": True})
    if inner.get("returnSequences"):
        back = back.flip(1)
    mode = args.get("mergeMode", "concat")
    return {
        "concat": lambda: torch.cat([ahead, back], -1),
        "sum": lambda: ahead + back,
        "mul": lambda: ahead * back,
        "ave": lambda: (ahead + back) / 2,
    }[mode]()


LAYERS = {
    "dense": lambda x, w, a: with_bias(x @ w[0], w, 1, a),
    "conv2d": lambda x, w, a: with_bias(convolved(x, w[0], a), w, 1, a),
    "conv1d": lambda x, w, a: with_bias(convolved(flat_image(x), w[0][None], a, dims=1)[:, 0], w, 1, a),
    "depthwiseConv2d": lambda x, w, a: with_bias(depthwise(x, w[0], a), w, 1, a),
    "separableConv2d": lambda x, w, a: with_bias(convolved(depthwise(x, w[0], a), w[1], {}), w, 2, a),
    "maxPooling2d": lambda x, w, a: pooled(x, a, "max", 2),
    "averagePooling2d": lambda x, w, a: pooled(x, a, "average", 2),
    "maxPooling1d": lambda x, w, a: pooled(flat_image(x), a, "max", 1)[:, 0],
    "averagePooling1d": lambda x, w, a: pooled(flat_image(x), a, "average", 1)[:, 0],
    "globalAveragePooling1d": lambda x, w, a: x.mean(1),
    "globalAveragePooling2d": lambda x, w, a: x.mean((1, 2)),
    "globalMaxPooling1d": lambda x, w, a: x.amax(1),
    "globalMaxPooling2d": lambda x, w, a: x.amax((1, 2)),
    "batchNormalization": batch_norm,
    "layerNormalization": layer_norm,
    "lstm": lambda x, w, a: recurrent("lstm", x, w, a),
    "gru": lambda x, w, a: recurrent("gru", x, w, a),
    "simpleRNN": lambda x, w, a: recurrent("simpleRNN", x, w, a),
    "bidirectional": bidirectional,
    "embedding": lambda x, w, a: w[0][x.long()],
    "flatten": lambda x, w, a: x.reshape(x.shape[0], -1),
    "activation": lambda x, w, a: ACTIVATIONS[a["activation"]](x),
    "leakyReLU": lambda x, w, a: functional.leaky_relu(x, a.get("alpha", 0.3)),
    "elu": lambda x, w, a: functional.elu(x, a.get("alpha", 1.0)),
    "thresholdedReLU": lambda x, w, a: torch.where(x > a.get("theta", 1.0), x, 0),
    "prelu": lambda x, w, a: torch.where(x > 0, x, w[0] * x),
}


def forward(layers, weights, x):
    """Applies layers [kind, args] with the weights of each; a mask goes from an embedding to recurrent layers."""
    mask = None
    for (kind, args), own in zip(layers, weights):
        if kind == "embedding" and args.get("maskZero"):
            mask = x != 0
        if mask is not None and kind in ("lstm", "gru", "simpleRNN"):
            x = recurrent(kind, x, own, args, mask)
        else:
            x = LAYERS[kind](x, own, args)
    return x
