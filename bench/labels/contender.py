"""Answers one JSON line after another: finds label issues with cleanlab and tells the seconds."""

import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
from cleanlab.experimental.label_issues_batched import find_label_issues_batched  # noqa: E402
from cleanlab.filter import find_label_issues  # noqa: E402
import cleanlab  # noqa: E402

plain_argsort = np.argsort


def stable_argsort(a, axis=-1, kind=None, order=None, **rest):
    """NumPy's own sort leaves the order of equal keys to the processor; to compare lists the first comes first."""
    return plain_argsort(a, axis=axis, kind="stable", order=order, **rest)


held = {}
for line in sys.stdin:
    ask = json.loads(line)
    if ask.get("load"):
        n, k = ask["n"], ask["k"]
        raw = np.fromfile(ask["load"], dtype=np.uint8)
        held["p"] = raw[: 8 * n * k].view("<f8").reshape(n, k).copy()
        held["labels"] = raw[8 * n * k :].view("<i4").astype(int)
        print(json.dumps({"version": cleanlab.__version__}), flush=True)
        continue
    labels, p = held["labels"], held["p"]
    np.argsort = stable_argsort if ask.get("write") else plain_argsort
    begun = time.perf_counter()
    if ask["way"] == "batched":
        found = find_label_issues_batched(labels=labels, pred_probs=p, verbose=False)
    else:
        jobs = 1 if ask["way"] == "one process" else None
        found = find_label_issues(labels, p, return_indices_ranked_by="self_confidence", n_jobs=jobs)
    seconds = time.perf_counter() - begun
    if ask.get("write"):
        np.asarray(found, dtype="<i4").tofile(ask["write"])
    print(json.dumps({"seconds": seconds}), flush=True)
