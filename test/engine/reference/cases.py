"""What references are made for: families of cases, each a list of layers of tfjs-layers and a loss of the last one's output."""

from layers64 import ACTIVATIONS
from losses64 import LOSSES


def case(name, inputs, *layers, loss="meanSquaredError", batch=3):
    return {"name": name, "input": inputs, "layers": [list(layer) for layer in layers], "loss": loss, "batch": batch}


def dense(units, **args):
    return "dense", {"units": units, **args}


def fed(channels):
    """Gives the layer after it an input that is trained too, so that its input gradient is seen."""
    return dense(channels)


def last_of(loss):
    if loss in ("categoricalCrossentropy", "kullbackLeiblerDivergence"):
        return "softmax"
    return "sigmoid" if loss in ("binaryCrossentropy", "poisson", "meanSquaredLogarithmicError") else "linear"


def over(kind, inputs, options, pre=True):
    """One case for each set of options."""
    return [
        case(
            ", ".join([kind, *(f"{key} {value}" for key, value in args.items())]),
            inputs,
            *([fed(inputs[-1])] if pre else []),
            (kind, args),
            batch=batch,
        )
        for args, batch in options
    ]


DENSE = [case(name, [7], dense(9, activation=name), dense(3, activation=name), batch=5) for name in ACTIVATIONS] + [
    case("one to one, one example", [1], dense(1, activation="tanh"), dense(1), batch=1),
    case("without a bias", [11], dense(17, useBias=False, activation="relu"), dense(2), batch=4),
    case("on sequences", [4, 5], dense(6, activation="tanh"), dense(3)),
    case("on images", [3, 2, 5], dense(8, activation="sigmoid"), dense(3)),
    case("sequences, then flat", [4, 5], dense(3, activation="tanh"), ("flatten", {}), dense(2)),
    *[case(f"activation {f}", [6], dense(5), ("activation", {"activation": f}), dense(2)) for f in ACTIVATIONS],
]

LOSS = [
    case(loss, [5], dense(7, activation="tanh"), dense(6, activation=last_of(loss)), loss=loss, batch=6)
    for loss in LOSSES
] + [
    case("binaryCrossentropy, one output", [4], dense(1, activation="sigmoid"), loss="binaryCrossentropy", batch=7),
    case("categoricalCrossentropy over time", [3, 4], dense(5, activation="softmax"), loss="categoricalCrossentropy"),
    case("categoricalCrossentropy on a sigmoid", [4], dense(3, activation="sigmoid"), loss="categoricalCrossentropy"),
    case("meanSquaredError over images", [2, 3, 4], dense(5), loss="meanSquaredError"),
]

CONV2D = over(
    "conv2d",
    [7, 6, 3],
    [
        ({"filters": 5, "kernelSize": 3}, 3),
        ({"filters": 5, "kernelSize": 3, "padding": "same", "activation": "relu"}, 2),
        ({"filters": 9, "kernelSize": [2, 3], "strides": [2, 1], "activation": "tanh"}, 3),
        ({"filters": 4, "kernelSize": 3, "strides": 2, "padding": "same"}, 3),
        ({"filters": 3, "kernelSize": 2, "dilationRate": 2}, 3),
        ({"filters": 3, "kernelSize": 3, "dilationRate": 2, "padding": "same", "useBias": False}, 2),
        ({"filters": 8, "kernelSize": 1, "activation": "sigmoid"}, 1),
        ({"filters": 1, "kernelSize": 5, "padding": "same"}, 2),
        ({"filters": 2, "kernelSize": 3, "strides": 3}, 2),
    ],
) + [
    case(
        "one channel, twice",
        [9, 9, 1],
        ("conv2d", {"filters": 3, "kernelSize": 3, "activation": "relu"}),
        ("conv2d", {"filters": 2, "kernelSize": 3, "padding": "same"}),
        ("flatten", {}),
        dense(2),
    ),
]

CONV1D = over(
    "conv1d",
    [11, 3],
    [
        ({"filters": 5, "kernelSize": 3}, 3),
        ({"filters": 5, "kernelSize": 4, "padding": "same", "activation": "relu"}, 2),
        ({"filters": 9, "kernelSize": 3, "strides": 2, "activation": "tanh"}, 3),
        ({"filters": 4, "kernelSize": 3, "strides": 3, "padding": "same"}, 3),
        ({"filters": 3, "kernelSize": 3, "dilationRate": 2}, 3),
        ({"filters": 8, "kernelSize": 1, "useBias": False}, 1),
    ],
)

DEPTHWISE = over(
    "depthwiseConv2d",
    [7, 6, 3],
    [
        ({"kernelSize": 3}, 2),
        ({"kernelSize": 3, "padding": "same", "activation": "relu"}, 2),
        ({"kernelSize": 2, "depthMultiplier": 2}, 3),
        ({"kernelSize": 3, "strides": 2, "padding": "same", "useBias": False}, 2),
    ],
) + over(
    "separableConv2d",
    [6, 7, 3],
    [
        ({"filters": 5, "kernelSize": 3}, 2),
        ({"filters": 9, "kernelSize": 3, "padding": "same", "activation": "relu"}, 2),
        ({"filters": 4, "kernelSize": 2, "depthMultiplier": 2, "useBias": False}, 3),
        ({"filters": 4, "kernelSize": 3, "strides": 2, "padding": "same"}, 2),
    ],
)

ALL_POOLS = (
    [
        one
        for kind in ("maxPooling2d", "averagePooling2d")
        for one in over(
            kind,
            [7, 6, 3],
            [
                ({"poolSize": 2}, 2),
                ({"poolSize": 3, "strides": 2}, 2),
                ({"poolSize": 2, "padding": "same"}, 3),
                ({"poolSize": [3, 2], "strides": [1, 2], "padding": "same"}, 2),
            ],
        )
    ]
    + [
        one
        for kind in ("maxPooling1d", "averagePooling1d")
        for one in over(kind, [9, 3], [({"poolSize": 2}, 2), ({"poolSize": 3, "strides": 2, "padding": "same"}, 3)])
    ]
    + [
        one
        for kind, inputs in (
            ("globalAveragePooling1d", [7, 3]),
            ("globalMaxPooling1d", [7, 3]),
            ("globalAveragePooling2d", [5, 4, 9]),
            ("globalMaxPooling2d", [5, 4, 9]),
        )
        for one in over(kind, inputs, [({}, 3)])
    ]
)

# tfjs' own gradient of a mean over a padded window divides by the whole window where its value divides by what is not padding;
# plans give what tfjs gives, so that these cases are left to the comparison with tfjs.
POOLS = [one for one in ALL_POOLS if not ("average" in one["name"] and "same" in one["name"])]

# A bias right before batch normalization has no gradient but rounding: an activation stands between.
NORMALIZATION = [
    case("batchNormalization of rows", [5], dense(6, activation="tanh"), ("batchNormalization", {}), dense(2), batch=8),
    case(
        "batchNormalization of images",
        [4, 3, 3],
        dense(5, activation="tanh"),
        ("batchNormalization", {"epsilon": 0.01}),
        dense(2),
        batch=4,
    ),
    case(
        "batchNormalization of sequences",
        [5, 3],
        dense(9, activation="tanh"),
        ("batchNormalization", {}),
        dense(2),
        batch=4,
    ),
    case("layerNormalization of rows", [5], fed(6), ("layerNormalization", {}), dense(2), batch=4),
    case("layerNormalization of sequences", [4, 3], fed(9), ("layerNormalization", {"epsilon": 0.01}), dense(2)),
]

RECURRENT = [
    one
    for kind in ("lstm", "gru", "simpleRNN")
    for one in over(
        kind,
        [5, 3],
        [
            ({"units": 6}, 3),
            ({"units": 9, "returnSequences": True}, 2),
            ({"units": 4, "goBackwards": True, "activation": "relu"}, 3),
            ({"units": 8, "useBias": False}, 1),
            *([] if kind == "simpleRNN" else [({"units": 5, "recurrentActivation": "sigmoid"}, 4)]),
        ],
    )
] + [
    case(
        "bidirectional lstm",
        [4, 3],
        fed(3),
        ("bidirectional", {"layer": ["lstm", {"units": 3}], "mergeMode": "concat"}),
    ),
    case(
        "bidirectional gru, sequences, sum",
        [4, 3],
        fed(3),
        ("bidirectional", {"layer": ["gru", {"units": 5, "returnSequences": True}], "mergeMode": "sum"}),
    ),
    case("two in a row", [4, 3], ("gru", {"units": 5, "returnSequences": True}), ("lstm", {"units": 4}), dense(2)),
]

EMBEDDING = [
    case(
        "embedding, averaged",
        [6],
        ("embedding", {"inputDim": 7, "outputDim": 5}),
        ("globalAveragePooling1d", {}),
        dense(3),
        batch=4,
    ),
    case("embedding, flat", [3], ("embedding", {"inputDim": 11, "outputDim": 8}), ("flatten", {}), dense(2), batch=2),
    case("embedding into lstm", [5], ("embedding", {"inputDim": 6, "outputDim": 3}), ("lstm", {"units": 4}), dense(2)),
    case(
        "masked embedding into lstm",
        [5],
        ("embedding", {"inputDim": 3, "outputDim": 3, "maskZero": True}),
        ("lstm", {"units": 4}),
        dense(2),
    ),
    case(
        "masked embedding into gru",
        [5],
        ("embedding", {"inputDim": 3, "outputDim": 3, "maskZero": True}),
        ("gru", {"units": 4}),
        dense(2),
    ),
]

ACTIVATION_LAYERS = [
    case(kind, [6], dense(9), (kind, args), dense(2), batch=4)
    for kind, args in (
        ("leakyReLU", {}),
        ("leakyReLU", {"alpha": 0.1}),
        ("elu", {}),
        ("thresholdedReLU", {"theta": 0.2}),
        ("prelu", {}),
    )
]

FAMILIES = {
    "dense": DENSE,
    "losses": LOSS,
    "conv2d": CONV2D,
    "conv1d": CONV1D,
    "depthwise": DEPTHWISE,
    "pools": POOLS,
    "normalization": NORMALIZATION,
    "recurrent": RECURRENT,
    "embedding": EMBEDDING,
    "activation-layers": ACTIVATION_LAYERS,
}
