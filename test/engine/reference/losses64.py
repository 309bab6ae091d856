"""The losses of tfjs-layers in PyTorch float64: one value for each position, of which the mean is taken."""

import math

import torch
from torch.nn import functional

EPSILON = 1e-7


def normalized(x):
    return x / torch.sqrt((x * x).sum(-1, keepdim=True).clamp(min=EPSILON))


def categorical(y, p):
    p = (p / p.sum(-1, keepdim=True)).clamp(EPSILON, 1 - EPSILON)
    return -(y * torch.log(p)).sum(-1)


def binary(y, p):
    p = p.clamp(EPSILON, 1 - EPSILON)
    return -(y * torch.log(p) + (1 - y) * torch.log1p(-p)).mean(-1)


def divergence(y, p):
    return (y * torch.log(y.clamp(EPSILON, 1) / p.clamp(EPSILON, 1))).sum(-1)


def logarithmic(y, p):
    first, second = torch.log1p(p.clamp(min=EPSILON)), torch.log1p(y.clamp(min=EPSILON))
    return ((first - second) ** 2).mean(-1)


def log_cosh(y, p):
    d = p - y
    return (d + functional.softplus(-2 * d) - math.log(2)).mean(-1)


def categorical_hinge(y, p):
    return torch.relu(1 + ((1 - y) * p).amax(-1) - (y * p).sum(-1))


LOSSES = {
    "meanSquaredError": lambda y, p: ((p - y) ** 2).mean(-1),
    "meanAbsoluteError": lambda y, p: (p - y).abs().mean(-1),
    "meanAbsolutePercentageError": lambda y, p: 100 * ((y - p) / y.abs().clamp(min=EPSILON)).abs().mean(-1),
    "meanSquaredLogarithmicError": logarithmic,
    "hinge": lambda y, p: torch.relu(1 - y * p).mean(-1),
    "squaredHinge": lambda y, p: (torch.relu(1 - y * p) ** 2).mean(-1),
    "logcosh": log_cosh,
    "binaryCrossentropy": binary,
    "poisson": lambda y, p: (p - y * torch.log(p + EPSILON)).mean(-1),
    "kullbackLeiblerDivergence": divergence,
    "categoricalCrossentropy": categorical,
    "categoricalHinge": categorical_hinge,
    "cosineProximity": lambda y, p: -(normalized(y) * normalized(p)).sum(-1),
}
