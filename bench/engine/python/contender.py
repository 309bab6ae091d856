"""python contender.py KIND: trains rows when asked, one JSON message a line (see contenders.cjs)."""

import importlib
import json
import sys
import time

import numpy as np

MODULES = {
    "torch, all cores": "torch_rows",
    "torch, 1 thread": "torch_rows",
    "torch, compiled": "torch_rows",
    "keras": "keras_rows",
    "jax": "jax_rows",
}


class Row:
    """A row of the bench: its layers, its starting weights by layer, and its examples."""

    def __init__(self, message):
        numbers = np.fromfile(message["file"], dtype=np.float32)
        at = 0

        def take(shape):
            nonlocal at
            size = int(np.prod(shape))
            part = numbers[at : at + size].reshape(shape)
            at += size
            return part.copy()

        spec = message["spec"]
        self.id = message["row"]
        self.n = message["n"]
        self.batch = self.n if spec.get("infer") else spec["batch"]
        self.infer = bool(spec.get("infer"))
        self.input = spec["input"]
        self.tokens = spec.get("tokens")
        self.layers = [(f"{self.id}_{kind}_{i}", kind, args) for i, (kind, args) in enumerate(spec["layers"])]
        self.weights = {}
        for weight in message["weights"]:
            layer = weight["name"].split("/")[0]
            self.weights.setdefault(layer, []).append(take(weight["shape"]))
        self.x = take([self.n, *self.input])
        if self.tokens:
            self.x = self.x.astype(np.int64)
        self.y = take([self.n, 10])
        self.batches = self.n // self.batch


def main(kind):
    rows = importlib.import_module(MODULES[kind])
    contender = None
    current = None
    for line in sys.stdin:
        message = json.loads(line)
        command = message.pop("command")
        try:
            if command == "load":
                contender = rows.load(kind)
                reply = {}
            elif command == "prepare":
                current = None
                current = contender.prepare(Row(message), message["checks"])
                reply = {"first": [float(loss) for loss in current.first], "path": current.path}
            else:
                current.run(1)
                began = time.perf_counter()
                current.run(message["count"])
                reply = {"ms": (time.perf_counter() - began) * 1000 / message["count"]}
        except Exception as error:  # whatever a framework throws is told, and the bench goes on
            reply = {"failed": (str(error).splitlines() or [type(error).__name__])[0][:200]}
        print("@" + json.dumps(reply), flush=True)


main(sys.argv[1])
