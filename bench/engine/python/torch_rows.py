"""Rows in PyTorch as its users tune them: NCHW, channels_last and the kind of Adam by trial, torch.compile."""

import itertools
import time

import torch
from torch import nn
from torch.nn import functional

ACTIVATIONS = {"relu": nn.ReLU}


def tensor(values):
    return torch.from_numpy(values.copy())


class GlobalAverage(nn.Module):
    def __init__(self, sides):
        super().__init__()
        self.sides = sides

    def forward(self, x):
        return x.mean(self.sides)


class LastState(nn.Module):
    """The last output of a recurrent layer."""

    def __init__(self, recurrent):
        super().__init__()
        self.recurrent = recurrent

    def forward(self, x):
        return self.recurrent(x)[0][:, -1]


class ChannelsFirst(nn.Module):
    """Embedded tokens, averaged over time, stay N×T×C in PyTorch."""

    def forward(self, x):
        return x.mean(1)


def build(row, dropout):
    """Returns the row as a Sequential, with its starting weights; the last layer gives logits."""
    parts = []
    shape = list(row.input)  # H, W, C or T, C as tfjs has it
    flat_from = None
    for name, kind, args in row.layers:
        weights = [tensor(w) for w in row.weights.get(name, [])]
        if kind == "dense":
            kernel, bias = weights
            if flat_from:
                h, w, c = flat_from
                kernel = kernel.view(h, w, c, -1).permute(2, 0, 1, 3).reshape(h * w * c, -1)
                flat_from = None
            layer = nn.Linear(*kernel.shape)
            layer.weight.data, layer.bias.data = kernel.T.contiguous(), bias
            parts.append(layer)
            shape = [kernel.shape[1]]
        elif kind == "conv2d":
            kernel, bias = weights
            same = args.get("padding") == "same"
            k = args["kernelSize"]
            layer = nn.Conv2d(kernel.shape[2], kernel.shape[3], k, padding=k // 2 if same else 0)
            layer.weight.data, layer.bias.data = kernel.permute(3, 2, 0, 1).contiguous(), bias
            parts.append(layer)
            less = 0 if same else k - 1
            shape = [shape[0] - less, shape[1] - less, kernel.shape[3]]
        elif kind == "separableConv2d":
            depthwise, pointwise, bias = weights
            k, channels = args["kernelSize"], depthwise.shape[2]
            first = nn.Conv2d(channels, channels, k, groups=channels, bias=False)
            first.weight.data = depthwise.permute(2, 3, 0, 1).contiguous()
            second = nn.Conv2d(channels, pointwise.shape[3], 1)
            second.weight.data, second.bias.data = pointwise.permute(3, 2, 0, 1).contiguous(), bias
            parts += [first, second]
            shape = [shape[0] - k + 1, shape[1] - k + 1, pointwise.shape[3]]
        elif kind == "conv1d":
            kernel, bias = weights
            layer = nn.Conv1d(kernel.shape[1], kernel.shape[2], args["kernelSize"])
            layer.weight.data, layer.bias.data = kernel.permute(2, 1, 0).contiguous(), bias
            parts.append(layer)
        elif kind == "batchNormalization":
            gamma, beta, mean, variance = weights
            layer = nn.BatchNorm2d(len(gamma), eps=1e-3, momentum=0.01)
            layer.weight.data, layer.bias.data = gamma, beta
            layer.running_mean.data, layer.running_var.data = mean, variance
            parts.append(layer)
        elif kind == "maxPooling2d":
            parts.append(nn.MaxPool2d(2))
            shape = [shape[0] // 2, shape[1] // 2, shape[2]]
        elif kind == "maxPooling1d":
            parts.append(nn.MaxPool1d(args["poolSize"]))
        elif kind == "flatten":
            parts.append(nn.Flatten())
            flat_from = shape
        elif kind == "dropout":
            parts.append(nn.Dropout(args["rate"] if dropout else 0))
        elif kind == "embedding":
            layer = nn.Embedding(*weights[0].shape)
            layer.weight.data = weights[0]
            parts.append(layer)
        elif kind == "globalAveragePooling1d":
            parts.append(ChannelsFirst() if row.tokens else GlobalAverage(-1))
        elif kind == "globalAveragePooling2d":
            parts.append(GlobalAverage((2, 3)))
        elif kind in ("lstm", "gru"):
            kernel, recurrent, bias = weights
            make = nn.LSTM if kind == "lstm" else nn.GRU
            layer = make(kernel.shape[0], args["units"], batch_first=True)

            # PyTorch's reset gate comes after the product, tfjs' before it: the same cost, nearly the same first losses.
            def ordered(w):
                gates = list(w.chunk(4 if kind == "lstm" else 3, -1))
                if kind == "gru":  # tfjs: update, reset, candidate; PyTorch: reset first
                    gates[0], gates[1] = gates[1], gates[0]
                return torch.cat(gates, -1)

            layer.weight_ih_l0.data = ordered(kernel).T.contiguous()
            layer.weight_hh_l0.data = ordered(recurrent).T.contiguous()
            layer.bias_ih_l0.data, layer.bias_hh_l0.data = ordered(bias), torch.zeros_like(bias)
            parts.append(LastState(layer))
        else:
            raise ValueError(f"no layer {kind}")
        activation = ACTIVATIONS.get(args.get("activation"))
        if activation:
            parts.append(activation())
    return nn.Sequential(*parts)


class Trainer:
    """One model in training, on batches that lie ready."""

    def __init__(self, row, channels_last, adam, compiled, dropout=True):
        self.row = row
        images = len(row.input) == 3
        x = tensor(row.x)
        if len(row.input) > 1:
            x = x.movedim(-1, 1).contiguous()
        self.model = build(row, dropout)
        if images and channels_last:
            x = x.to(memory_format=torch.channels_last)
            self.model = self.model.to(memory_format=torch.channels_last)
        self.x = x.split(row.batch)
        self.y = tensor(row.y).argmax(1).split(row.batch)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3, eps=1e-7, **{adam: True})
        self.call = torch.compile(self.model) if compiled else self.model
        self.steps = 0

    def step(self):
        i = self.steps % len(self.x)
        self.steps += 1
        self.optimizer.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(self.call(self.x[i]), self.y[i])
        loss.backward()
        self.optimizer.step()
        return loss

    def predict(self):
        with torch.inference_mode():
            return functional.softmax(self.call(self.x[0]), 1).numpy()

    def run(self, count):
        for _ in range(count):
            self.predict() if self.row.infer else self.step()


def seconds(trainer, count):
    began = time.perf_counter()
    trainer.run(count)
    return time.perf_counter() - began


class Torch:
    def __init__(self, compiled):
        self.compiled = compiled

    def prepare(self, row, checks):
        images = len(row.input) == 3
        choices = list(itertools.product([True, False] if images else [False], ["fused", "foreach"]))
        if self.compiled:
            choices = choices[:1]
        trials = []
        for channels_last, adam in choices:
            trainer = Trainer(row, channels_last, adam, self.compiled)
            seconds(trainer, 3)
            trials.append((min(seconds(trainer, 4) for _ in range(3)), channels_last, adam, trainer))
        _, channels_last, adam, best = min(trials, key=lambda trial: trial[0])
        twin = Trainer(row, channels_last, adam, False, dropout=False)
        if row.infer:
            twin.model.eval()
            best.model.eval()
            best.first = twin.predict().ravel()[:checks]
        else:
            best.first = [twin.step().item() for _ in range(checks)]
        layout = "channels_last, " if channels_last else ""
        best.path = f"{torch.get_num_threads()} threads, {layout}{adam} Adam" + (", compiled" if self.compiled else "")
        return best


def load(kind):
    if kind == "torch, 1 thread":
        torch.set_num_threads(1)
    torch.manual_seed(1)
    return Torch(kind == "torch, compiled")
