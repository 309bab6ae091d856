"""Writes the reference gradients: for each family of cases a JSON file beside this one.

python make_references.py [FAMILY ...], with any Python that has torch. Weights, inputs and targets are not written: both
sides draw them from the same small generator (see `Numbers`, and numbers.ts for the other side), in numbers that float32
holds.
"""

import json
import math
import pathlib
import sys

import torch

from cases import FAMILIES
from layers64 import forward
from losses64 import LOSSES

HERE = pathlib.Path(__file__).parent


class Numbers:
    """A linear congruential generator (Numerical Recipes): its ten highest bits as −1 … 1 in steps of 1/512."""

    def __init__(self, seed):
        self.state = seed

    def bits(self):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return self.state

    def centred(self):
        return ((self.bits() >> 22) - 512) / 512

    def whole(self, limit):
        return (self.bits() >> 16) % limit


def seed_of(text):
    """A sum over the characters."""
    total = 7
    for letter in text:
        total = (total * 31 + ord(letter)) % 2**32
    return total


def weight_shapes(kind, args, shape):
    """Trained weights of a layer for an input of this shape, in the order of tfjs."""
    channels = shape[-1]
    bias = lambda n: [[n]] if args.get("useBias", True) else []
    sides = lambda dims: args["kernelSize"] if isinstance(args["kernelSize"], list) else [args["kernelSize"]] * dims
    if kind == "dense":
        return [[channels, args["units"]], *bias(args["units"])]
    if kind in ("conv1d", "conv2d"):
        return [[*sides(int(kind[4])), channels, args["filters"]], *bias(args["filters"])]
    if kind == "depthwiseConv2d":
        many = args.get("depthMultiplier", 1)
        return [[*sides(2), channels, many], *bias(channels * many)]
    if kind == "separableConv2d":
        many = args.get("depthMultiplier", 1)
        return [[*sides(2), channels, many], [1, 1, channels * many, args["filters"]], *bias(args["filters"])]
    if kind in ("batchNormalization", "layerNormalization"):
        return [[channels], [channels]]
    if kind in ("lstm", "gru", "simpleRNN"):
        units = args["units"]
        wide = {"lstm": 4, "gru": 3, "simpleRNN": 1}[kind] * units
        return [[channels, wide], [units, wide], *bias(wide)]
    if kind == "bidirectional":
        return 2 * weight_shapes(*args["layer"], shape)
    if kind == "embedding":
        return [[args["inputDim"], args["outputDim"]]]
    if kind == "prelu":
        return [list(shape[1:])]
    return []


def drawn(numbers, shape):
    """Weights of about unit gain: scaled by the largest power of two whose square is at most 3 / fan-in."""
    fan_in = math.prod(shape[:-1]) if len(shape) > 1 else 4
    scale = 1.0
    while scale * scale * fan_in > 3:
        scale /= 2
    values = [numbers.centred() * scale for _ in range(math.prod(shape))]
    return torch.tensor(values, dtype=torch.float64).reshape(shape).requires_grad_()


def targets_for(loss, numbers, shape):
    """Targets that suit a loss."""
    size, last = math.prod(shape), shape[-1]
    if loss.startswith("categorical"):
        values = []
        for _ in range(size // last):
            chosen = numbers.whole(last)
            values += [float(k == chosen) for k in range(last)]
    elif "inge" in loss:
        values = [1.0 if numbers.whole(2) else -1.0 for _ in range(size)]
    elif loss == "binaryCrossentropy":
        values = [float(numbers.whole(2)) for _ in range(size)]
    else:
        values = [1.125 + numbers.centred() for _ in range(size)]
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def rounded(tensor):
    return [float(f"{x:.8g}") for x in tensor.reshape(-1).tolist()]


def reference(family, one):
    numbers = Numbers(seed_of(f"{family} {one['name']}"))
    first_kind, first_args = one["layers"][0]
    shape = [one["batch"], *one["input"]]
    draw = (lambda: float(numbers.whole(first_args["inputDim"]))) if first_kind == "embedding" else numbers.centred
    inputs = torch.tensor([draw() for _ in range(math.prod(shape))], dtype=torch.float64).reshape(shape)
    weights = []
    for i, (kind, args) in enumerate(one["layers"]):
        so_far = forward(one["layers"][:i], weights, inputs).shape if i else inputs.shape
        weights.append([drawn(numbers, shape) for shape in weight_shapes(kind, args, list(so_far))])
    outputs = forward(one["layers"], weights, inputs)
    targets = targets_for(one["loss"], numbers, list(outputs.shape))
    loss = LOSSES[one["loss"]](targets, outputs).mean()
    loss.backward()
    gradients = [[rounded(weight.grad) for weight in own] for own in weights]
    return {**one, "value": float(f"{loss.item():.10g}"), "gradients": gradients}


def text_of(report):
    """One line for each case."""
    head = {key: value for key, value in report.items() if key != "cases"}
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in report["cases"])
    return json.dumps(head, indent=2)[:-2] + ',\n  "cases": [\n' + lines + "\n  ]\n}\n"


def main(chosen):
    for family in chosen or FAMILIES:
        made = [reference(family, one) for one in FAMILIES[family]]
        report = {"source": f"PyTorch {torch.__version__.split('+')[0]}, float64", "family": family, "cases": made}
        (HERE / f"{family}.json").write_text(text_of(report))
        print(family, len(made))


if __name__ == "__main__":
    main(sys.argv[1:])
